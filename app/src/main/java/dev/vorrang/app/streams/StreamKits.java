package dev.vorrang.app.streams;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.streams.demand.DemandKit;
import dev.vorrang.app.streams.machine.MachineKit;
import dev.vorrang.app.streams.mail.MailKit;
import java.util.List;
import java.util.stream.Collectors;

/** The streams that there are. A stream is added here. */
public final class StreamKits {

    public static final List<StreamKit<?, ?>> ALL = List.of(new MailKit(), new MachineKit(), new DemandKit());

    /** Where their settings stand. */
    public static final List<StreamSection<?>> SETTINGS =
            ALL.stream().<StreamSection<?>>map(StreamKit::settings).toList();

    private StreamKits() {}

    /**
     * @param option that names it
     * @throws CommandFailedException if there is none of the name
     */
    public static StreamKit<?, ?> named(String option, String name) {
        return ALL.stream()
                .filter(kit -> kit.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandFailedException.wrongUsage(option + " " + name + ": allowed is "
                        + ALL.stream().map(StreamKit::name).collect(Collectors.joining(" or "))));
    }
}
