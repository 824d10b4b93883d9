package dev.vorrang.ingest.imap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Puts together, by sequence number, what the responses to one command say of each mail. */
final class FetchedMails {

    private final List<FetchedItems> all = new ArrayList<>();
    private final Map<Integer, FetchedItems> byNumber = new HashMap<>();

    /** @param responses untagged ones, in their order */
    FetchedMails(List<IMAPResponse> responses) {
        for (var response : responses) {
            if (response.keyEquals("FETCH")) {
                add(response.getNumber(), FetchedItems.of(response));
            } else if (response.keyEquals("EXPUNGE")) {
                renumber(response.getNumber());
            }
        }
    }

    private void add(int number, FetchedItems items) {
        var known = byNumber.get(number);
        boolean isOther = known == null
                || known.uid().isPresent()
                        && items.uid().isPresent()
                        && known.uid().getAsLong() != items.uid().getAsLong();
        if (isOther) {
            all.add(items);
            byNumber.put(number, items);
        } else {
            known.add(items);
        }
    }

    /** A mail went, and those after it have numbers that are lower by one (RFC 3501, 7.4.1). */
    private void renumber(int gone) {
        var before = new HashMap<>(byNumber);
        byNumber.clear();
        before.forEach((number, items) -> {
            if (number != gone) {
                byNumber.put(number > gone ? number - 1 : number, items);
            }
        });
    }

    /** What is known of mails whose UID was told. */
    Map<Long, FetchedItems> byUid() {
        var known = new HashMap<Long, FetchedItems>();
        for (var items : all) {
            items.uid()
                    .ifPresent(uid -> known.merge(uid, items, (before, more) -> {
                        before.add(more);
                        return before;
                    }));
        }
        return known;
    }

    /** Of the one mail that was asked for, also if its UID was not told with it. */
    Optional<FetchedItems> only(long uid) {
        var known = byUid().get(uid);
        if (known != null && known.body().isPresent()) {
            return Optional.of(known);
        }
        var nameless = all.stream()
                .filter(items -> items.uid().isEmpty() && items.body().isPresent())
                .toList();
        return nameless.size() == 1 ? Optional.of(nameless.get(0)) : Optional.ofNullable(known);
    }
}
