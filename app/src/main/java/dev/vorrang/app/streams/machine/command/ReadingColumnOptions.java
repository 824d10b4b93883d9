package dev.vorrang.app.streams.machine.command;

import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.training.machine.MachineColumns;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that tell the columns of a file of readings; those not given are called as in the training data of the model. */
final class ReadingColumnOptions {

    @Option(names = "--machine", paramLabel = "COL", description = "Column of the machine's name.")
    private Optional<String> machine = Optional.empty();

    @Option(names = "--time", paramLabel = "COL", description = "Column of the time.")
    private Optional<String> time = Optional.empty();

    @Option(names = "--group", paramLabel = "COL", description = "Column of what belongs together in a machine.")
    private Optional<String> group = Optional.empty();

    @Option(names = "--sensors", paramLabel = "COL", split = ",", description = "Columns of the sensors.")
    private List<String> sensors = List.of();

    @Mixin
    private CsvFormatOptions format = new CsvFormatOptions();

    /**
     * The columns.
     *
     * @param card of the model that names what the options do not
     * @param target column of the truth
     */
    MachineColumns asIn(MachineCard card, Optional<String> target) {
        Optional<MachineCard.Columns> known = Optional.ofNullable(card.columns());
        List<String> wanted = !sensors.isEmpty() || card.window() == null
                ? sensors
                : card.window().sensors();
        return format.of(new MachineColumns(
                machine.or(() -> known.map(MachineCard.Columns::machine).filter(name -> !name.isEmpty())),
                time.or(() -> known.map(MachineCard.Columns::time).filter(name -> !name.isEmpty())),
                group.or(() -> known.map(MachineCard.Columns::group).filter(name -> !name.isEmpty())),
                wanted,
                target));
    }
}
