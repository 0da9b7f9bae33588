"""Netball Instagram alone: no other site of the sample trust reminds anybody of anything."""

from __future__ import annotations

from tests.handlers.reminding.nudged import netball, rota

__all__ = ["netball", "rota"]
