package dev.catchment.web.console;

import dev.catchment.web.gate.Caller;
import dev.catchment.web.gate.Tokens;

/** What every page shows around its content. */
public record Frame(String title, Caller caller) {
    /** What the forms of this login carry; null without one. */
    public String csrf() {
        return caller.session() == null ? null : Tokens.ofForms(caller.session());
    }
}
