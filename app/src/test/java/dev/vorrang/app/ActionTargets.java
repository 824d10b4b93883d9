package dev.vorrang.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vorrang.embedded.http.HttpAnswer;
import dev.vorrang.embedded.http.HttpEndpoint;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Servers that actions go to, and the ids that arrived there, each as often as it came. */
final class ActionTargets implements AutoCloseable {

    private static final Pattern MESSAGE_ID = Pattern.compile("<vorrang\\.([0-9a-f]+)@.*>");

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<String>> arrived = new ConcurrentHashMap<>();
    private final DovecotProcess mailbox;
    private final MosquittoProcess plant;
    private final Mqtt5AsyncClient lamps;
    private final HttpEndpoint webhook;
    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private ActionTargets(Path folder) throws IOException {
        mailbox = DovecotProcess.start(folder.resolve("dovecot"), PlantTraffic.freePort());
        plant = MosquittoProcess.start(folder.resolve("mosquitto"), PlantTraffic.freePort());
        webhook = HttpEndpoint.startForProvenRequests(
                "webhook", new InetSocketAddress("127.0.0.1", 0), Set.of("POST"), call -> take(call.body()));
        smtp.start();
        lamps = PlantTraffic.client(plant.port(), "lamps");
        lamps.subscribeWith()
                .topicFilter("plant/+/lamp")
                .callback(message -> take("lamp", message.getPayloadAsBytes()))
                .send()
                .join();
    }

    /** Without Dovecot or Mosquitto the test is skipped. */
    static ActionTargets start(Path folder) throws IOException {
        return new ActionTargets(folder);
    }

    DovecotProcess mailbox() {
        return mailbox;
    }

    MosquittoProcess plant() {
        return plant;
    }

    URI webhook() {
        return webhook.url();
    }

    int smtpPort() {
        return smtp.getSmtp().getPort();
    }

    /** Ids of the actions that arrived through a sink; through people they are those of the mails. */
    List<String> ids(String sink) {
        return List.copyOf(arrived.getOrDefault(sink, List.of()));
    }

    /** The same of the mails that were sent. */
    List<String> mailedIds() throws MessagingException {
        var ids = new ArrayList<String>();
        for (var mail : smtp.getReceivedMessages()) {
            var id = MESSAGE_ID.matcher(mail.getMessageID());
            ids.add(id.matches() ? id.group(1) : mail.getMessageID());
        }
        return ids;
    }

    /** Subjects of the mails that were sent. */
    List<String> mailed() {
        return Stream.of(smtp.getReceivedMessages())
                .map(mail -> {
                    try {
                        return mail.getSubject();
                    } catch (MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private HttpAnswer take(byte[] body) {
        take(read(body).path("sink").asText(), body);
        return HttpAnswer.text(200, "ok");
    }

    private void take(String sink, byte[] body) {
        arrived.computeIfAbsent(sink, name -> new CopyOnWriteArrayList<>())
                .add(read(body).path("id").asText());
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        lamps.disconnect();
        smtp.stop();
        webhook.close();
        plant.close();
        mailbox.close();
    }
}
