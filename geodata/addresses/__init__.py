"""Standard addresses: every door has one, and every fact hangs on one."""
