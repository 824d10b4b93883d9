package dev.vorrang.console.web;

import dev.vorrang.console.access.AuditLog;
import dev.vorrang.console.desk.Desk;
import dev.vorrang.console.desk.MachineMarks;
import dev.vorrang.console.desk.Replay;
import dev.vorrang.console.view.DemandStore;
import dev.vorrang.console.view.MachineStore;
import dev.vorrang.console.view.OperationsStore;
import dev.vorrang.console.view.RecordStore;
import java.util.List;

/**
 * What the server shows, and what takes what people do.
 *
 * @param streams names of those that there are
 */
public record ConsoleServices(
        List<String> streams,
        RecordStore records,
        MachineStore machines,
        DemandStore demand,
        OperationsStore operations,
        Desk desk,
        MachineMarks marks,
        Replay replay,
        AuditLog audit) {

    public ConsoleServices {
        streams = List.copyOf(streams);
    }
}
