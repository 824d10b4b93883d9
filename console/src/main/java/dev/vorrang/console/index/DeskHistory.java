package dev.vorrang.console.index;

import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.desk.DeskEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people did about a record, in the order of the topic, of which the last {@value #MAX_EVENTS} events are kept: these are known when
 * they come again. Immutable.
 *
 * @param state what the events that count made of it; empty if there was none
 */
record DeskHistory(Optional<DeskState> state, List<Past> events) {

    /** Nobody did anything. */
    static final DeskHistory NONE = new DeskHistory(Optional.empty(), List.of());

    private static final int MAX_EVENTS = 500;
    private static final AvroBytes<DeskState> STATES = new AvroBytes<>(DeskState.class);
    private static final AvroBytes<DeskEvent> EVENTS = new AvroBytes<>(DeskEvent.class);

    /** An event, and whether it changed anything. */
    record Past(DeskEvent event, boolean counted) {}

    DeskHistory {
        events = List.copyOf(events);
    }

    /** Of what the bytes depend. */
    static String format() {
        return STATES.format() + " " + EVENTS.format();
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** An event that was taken before. */
    Optional<Past> past(String id) {
        return events.stream().filter(each -> each.event.getId().equals(id)).findFirst();
    }

    /** The history after an event, which must be new. */
    DeskHistory with(DeskEvent event) {
        Optional<DeskState> after = DeskEvents.apply(state.orElse(null), event);
        var all = new ArrayList<>(events);
        all.add(new Past(event, after.isPresent()));
        return new DeskHistory(
                after.or(() -> state),
                all.size() > MAX_EVENTS ? all.subList(all.size() - MAX_EVENTS, all.size()) : all);
    }

    Map<String, String> corrections() {
        return state.map(DeskState::getCorrections).orElse(Map.of());
    }

    DeskView view() {
        return state.map(each -> new DeskView(
                        DeskView.Status.valueOf(each.getStatus().name()),
                        Optional.ofNullable(each.getHolder()),
                        Optional.ofNullable(each.getAcknowledgedBy()),
                        Optional.ofNullable(each.getDoneBy()),
                        each.getCorrections(),
                        each.getComments(),
                        each.getEvents(),
                        Optional.of(each.getUpdatedAt())))
                .orElse(DeskView.UNTOUCHED);
    }

    List<RecordDetail.Event> details() {
        return events.stream()
                .map(each -> new RecordDetail.Event(
                        each.event.getId(),
                        each.event.getType().name(),
                        each.event.getWho(),
                        each.event.getChannel(),
                        each.event.getAt(),
                        Optional.ofNullable(each.event.getComment()),
                        each.event.getCorrections(),
                        each.counted))
                .toList();
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            write(state.map(STATES::write).orElse(new byte[0]), out);
            out.writeInt(events.size());
            for (Past each : events) {
                out.writeBoolean(each.counted);
                write(EVENTS.write(each.event), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(byte[] part, DataOutputStream out) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    /** @throws UncheckedIOException if the bytes are no history */
    static DeskHistory of(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte[] state = in.readNBytes(in.readInt());
            var events = new ArrayList<Past>();
            for (int left = in.readInt(); left > 0; left--) {
                boolean counted = in.readBoolean();
                events.add(new Past(EVENTS.read(in.readNBytes(in.readInt())), counted));
            }
            return new DeskHistory(state.length == 0 ? Optional.empty() : Optional.of(STATES.read(state)), events);
        } catch (IOException e) {
            throw new UncheckedIOException("a history of " + bytes.length + " bytes", e);
        }
    }
}
