package main

import tea "charm.land/bubbletea/v2"

// bare is the least that a program with Bubble Tea can be: what goodenough's
// first frame is measured beside.
func bare() {
	if _, err := tea.NewProgram(bareModel{}).Run(); err != nil {
		panic(err)
	}
}

type bareModel struct{}

func (bareModel) Init() tea.Cmd { return nil }

func (m bareModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		return m, tea.Quit
	}
	return m, nil
}

func (bareModel) View() tea.View {
	v := tea.NewView("Press any key")
	v.AltScreen = true
	return v
}
