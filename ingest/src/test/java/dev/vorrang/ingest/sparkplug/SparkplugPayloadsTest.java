package dev.vorrang.ingest.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.ingest.Corpus;
import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.ingest.reading.Decoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.junit.jupiter.api.Test;

class SparkplugPayloadsTest extends SparkplugFixture {

    @Test
    void shouldTreatEveryPayloadAsRequired() throws IOException {
        Path folder = Corpus.require("hostile/payloads");
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        var wrong = new ArrayList<String>();
        int checked = 0;
        for (var entry : expected.properties()) {
            if (!entry.getKey().startsWith("spb-")) {
                continue;
            }
            checked++;
            String outcome = entry.getValue().get("outcome").asText();
            commands.clear();
            var fresh = new SparkplugDecoder(topic -> topic, (topic, payload) -> commands.add(topic));
            String topic = entry.getValue().path("topic").asText("");
            byte[] birth = Files.readAllBytes(folder.resolve("spb-nbirth-seq0.bin"));
            if (entry.getKey().equals("spb-ndeath-old-bdseq.bin")) {
                fresh.accept(message("spBv1.0/G/NBIRTH/E", bornAgain(birth)));
            } else if (!entry.getKey().equals("spb-nbirth-seq0.bin")) {
                fresh.accept(message("spBv1.0/G/NBIRTH/E", birth));
            }
            if (entry.getKey().equals("spb-ndata-seq1-dup.bin")) {
                byte[] first = Files.readAllBytes(folder.resolve("spb-ndata-seq1-alias.bin"));
                fresh.accept(message("spBv1.0/G/NDATA/E", first));
            }
            String type = entry.getKey().contains("ndeath") ? "NDEATH" : "NDATA";
            List<MessageDecoder.Done> done = new ArrayList<>(fresh.accept(message(
                    topic.isEmpty() ? "spBv1.0/G/" + type + "/E" : topic,
                    Files.readAllBytes(folder.resolve(entry.getKey())))));
            done.addAll(fresh.expire(NOW.plusSeconds(60)));
            if (!fits(
                    outcome,
                    done.stream().flatMap(each -> each.decoded().stream()).toList())) {
                wrong.add(entry.getKey() + ": required " + outcome + ", was " + texts(done) + ", asked " + commands);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isEqualTo(16);
    }

    /** The birth after the death of the one before. */
    private static byte[] bornAgain(byte[] birth) throws IOException {
        Payload.Builder payload = Payload.parseFrom(birth).toBuilder();
        payload.getMetricsBuilder(0).setLongValue(1);
        return payload.build().toByteArray();
    }

    private boolean fits(String outcome, List<Decoded> decoded) {
        boolean read = decoded.stream().anyMatch(Decoded.Accepted.class::isInstance);
        boolean refused = decoded.stream().anyMatch(Decoded.Refused.class::isInstance);
        return switch (outcome) {
            case "record" -> read && !refused && commands.isEmpty();
            case "record null, not 0" ->
                read
                        && !refused
                        && decoded.stream()
                                .map(each -> ((Decoded.Accepted) each).reading())
                                .anyMatch(reading -> reading.getValues().containsValue(null));
            case "reorder wait then rebirth request" -> read && !refused && commands.size() == 1;
            case "rebirth request" -> !read && !commands.isEmpty();
            case "dlq + rebirth request" -> refused && !read && commands.size() == 1;
            case "dlq" -> refused && !read;
            case "record_or_dlq" -> read || refused;
            case "ignored when bdSeq != current birth" -> decoded.isEmpty();
            // Nothing tells it from the first but its ids, which are the same.
            case "dropped as duplicate only if same seq+ts+DUP flag" -> !refused;
            default -> false;
        };
    }
}
