package tui

import (
	"strings"
	"testing"
)

func TestGoesRound(t *testing.T) {
	tests := []struct {
		name, text string
		want       bool
	}{
		{"empty", "", false},
		{"short and turning", "I should have seen it. I should have. Why didn't I? It is my fault.", false},
		{"turning", strings.Repeat("the kettle was on and the light was going ", 8) + "I should have seen it. Why didn't I ask? If only I had stayed. It is my fault.", true},
		{"apostrophe", strings.Repeat("the kettle was on and the light was going ", 8) + "I shouldn’t have. I should have. I always do. I never learn.", true},
		{"the same again", strings.Repeat("I left too early that day. Then there was the traffic, the rain, a form, the shops and a red light. ", 4), true},
		{"an account", strings.Join([]string{"We sat in the kitchen.", "She told me about the school and the bus, and how her son likes the driver.", "The phone rang and she let it ring.", "Later we walked to the gate; it was cold, and the neighbour waved.", "I wrote the visit up in the car, and then I drove to the next one, and the radio was on about the weather."}, " "), false},
	}
	for _, tt := range tests {
		if got := goesRound(tt.text); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
