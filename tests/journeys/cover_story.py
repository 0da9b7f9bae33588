"""A fortnight of Netball Instagram: somebody is away, two swap, one finds cover, whatever client they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.seats import Room


async def is_away(room: Room) -> None:
    """Tom is away for two days; Callum takes his Thursday, and Tom is told."""
    tom, callum = room["Tom"], room["Callum"]
    await tom.says("I'm off 2 to 4 Dec")
    await tom.reads("Are you away from Wednesday 2 December to Friday 4 December?")
    await tom.presses("Yes, I am away")
    await tom.is_told("Written down: you are away")
    await callum.is_told("Can you take Netball Instagram")
    await callum.presses("I'll take it", on="Thursday 3 December")
    await tom.is_told("Callum Sample has your slot: Netball Instagram, Thursday 3 December.")


async def swap(room: Room) -> None:
    """Priya asks Ewa to swap, in words and by name; Ewa agrees, and Priya is told."""
    priya, ewa = room["Priya"], room["Ewa"]
    await priya.says("swap my slot on 7 Dec with Ewa's on 9 Dec")
    await priya.is_told("for which slot?")
    await priya.presses("Ask for the swap", on="for which slot?", fills={"For": ("Wednesday 9 December: Ewa Example",)})
    await ewa.is_told("Priya Sample asks whether you swap slots of Netball Instagram.")
    await ewa.presses("Yes, swap", on="Priya Sample asks whether you swap")
    await priya.is_told("Swapped: your slots of Netball Instagram have changed hands.")


async def finds_cover(room: Room) -> None:
    """Callum cannot on a Tuesday; everybody free is asked, Tom is first, and whoever comes too late hears it kindly."""
    callum, tom, priya = room["Callum"], room["Tom"], room["Priya"]
    await callum.says("find me cover for 8 December")
    await callum.is_told("Nobody has taken it yet.")
    await tom.is_told("Can you take Netball Instagram on Tuesday 8 December?")
    await priya.is_told("Can you take Netball Instagram on Tuesday 8 December?")
    await tom.presses("I'll take it", on="Tuesday 8 December")
    await callum.is_told("Tom Example has your slot: Netball Instagram, Tuesday 8 December.")
    await priya.sees_none({"I'll take it"})
