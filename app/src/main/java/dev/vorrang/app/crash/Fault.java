package dev.vorrang.app.crash;

/** What is done to the program under test. */
public enum Fault {
    /** An instance is killed by SIGKILL, and started again. */
    KILL("SIGKILL of an instance"),
    /** An instance is ended by SIGTERM, and started again. */
    TERM("SIGTERM of an instance"),
    /** A further instance joins, works, and leaves. */
    JOIN("a further instance joins and leaves"),
    /** Broker and registry are killed by SIGKILL, and started again on the same data. */
    BROKER("SIGKILL of broker and registry"),
    /** Broker, registry and all instances are killed by SIGKILL at once, and started again. */
    ALL("SIGKILL of everything at once"),
    /** Every call of an instance's model fails for some time. */
    FAIL("the model of an instance fails"),
    /** A call of an instance's model does not return for some time. */
    HANG("a call of an instance's model hangs");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
