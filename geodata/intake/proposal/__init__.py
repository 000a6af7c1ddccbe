"""Mappings that propose themselves: from the names and the values of somebody's columns."""

from geodata.intake.proposal.propose import Proposal, propose

__all__ = ["Proposal", "propose"]
