package dev.vorrang.app.streams;

import java.util.List;

/** An instance of the crash test that has the toy stream alone. */
final class ToyInstance {

    private ToyInstance() {}

    public static void main(String[] arguments) {
        CrashInstance.run(List.of(new ToyKit()), arguments);
    }
}
