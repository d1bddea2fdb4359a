package tui

import "testing"

func TestWholeCheckInIsKept(t *testing.T) {
	d := home(t, 80, 24)
	d.press("c").sees("A moment to arrive").press("down", "enter")
	d.sees("What is with you").press("space", "down", "space", "+").write("wrung out").press("enter").sees("wrung out").press("enter")
	d.sees("How much of each").press("7", "down").write("the phone call").press("down", "4", "down", "down", "1", "enter")
	d.sees("Where did the day go").press("right", "right", "down", "5", "enter")
	d.sees("set down").write("the court report").press("enter")
	d.sees("mattered").press("enter")
	d.sees("unfinished").write("call the school").press("enter", "down", "enter").sees("call the school – tomorrow").press("enter")
	d.sees("need to be told").press("down", "down").sees("Good that they know").press("enter")
	d.sees("A breath").press("enter")
	d.sees("That is kept", "wrung out").press("enter")
	d.sees("1 entry").press("j", "enter").sees("the phone call")
}
