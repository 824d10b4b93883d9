package dev.vorrang.console.page;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page in a browser, on a screen of 1,440 by 900 unless a test says otherwise, logged in as an administrator. */
@ExtendWith(Chromium.Resolver.class)
abstract class PageTest {

    final Instant now = Instant.now();
    Chromium browser;
    SampleConsole console;

    @BeforeEach
    void logIn(Chromium own) {
        browser = own;
        browser.resize(1440, 900);
        browser.media("screen", Map.of());
        console = SampleConsole.start();
        console.records.add(SampleMails.all(now));
        browser.set(console.logIn(), console.server.url());
        open("/");
        browser.find("main .lines");
        browser.pointAway();
    }

    @AfterEach
    void close() {
        console.close();
    }

    /** An event of a mail, by somebody at another console. */
    void elsewhere(String record, DeskEventType type) {
        console.records.write(List.of(DeskEvent.newBuilder()
                .setId("elsewhere-" + record + type)
                .setRecord(record)
                .setStream("mail")
                .setType(type)
                .setWho("bob")
                .setChannel("console")
                .setAt(Instant.now())
                .setComment(null)
                .setCorrections(Map.of())
                .build()));
    }

    /** Types of the events that counted, in their order. */
    List<DeskEventType> counted() {
        return console.records.counted().stream().map(DeskEvent::getType).toList();
    }

    /** Opens a page of the console, such as {@code /?id=x}. */
    void open(String path) {
        browser.open(console.server.url().resolve(path));
    }
}
