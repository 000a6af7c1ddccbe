"""What a careful clerk would notice about a whole file."""

from geodata.intake.suspicion.examine import examine
from geodata.intake.suspicion.facts import Doubt, Facts, Held, Reference, Verdict

__all__ = ["Doubt", "Facts", "Held", "Reference", "Verdict", "examine"]
