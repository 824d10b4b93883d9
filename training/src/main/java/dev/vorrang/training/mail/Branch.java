package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tables, and the heads on them. One branch has all heads, on hidden layers. A head may have another of its own besides, which is linear: what it
 * learns there is not worn down by what other heads learn, and it goes through the rows that have its labels as often as it needs.
 * What both answer is added up, as with the readings of a branch (Cheng et al., Wide and Deep Learning for Recommender Systems, 2016).
 *
 * @param name prefix of its variables; empty for the branch of all heads
 * @param heads one or more
 * @param share what its logits are multiplied by in the sum
 */
record Branch(String name, List<String> heads, float share) {

    /** Of the branch of all heads, where a head has one of its own: in the sum that one leads. */
    private static final float SHARE_BESIDE_OWN = 0.5f;

    Branch {
        heads = List.copyOf(heads);
    }

    /** That of all heads. */
    static Branch ofAll(Collection<String> heads) {
        return new Branch("", List.copyOf(heads), SHARE_BESIDE_OWN);
    }

    /** That of one head alone. */
    static Branch ownOf(String head) {
        return new Branch(head, List.of(head), 1);
    }

    /**
     * The branch of all heads, and one of each that has its own.
     *
     * @param own some of the heads
     */
    static List<Branch> of(Collection<String> heads, Collection<String> own) {
        var branches = new ArrayList<Branch>();
        branches.add(ofAll(heads));
        heads.stream().filter(own::contains).map(Branch::ownOf).forEach(branches::add);
        return branches;
    }

    /** Whether it is that of one head. */
    boolean own() {
        return !name.isEmpty();
    }

    /** What a variable of its network is called in a model. */
    String variable(String inNetwork) {
        return name.isEmpty() ? inNetwork : name + "." + inNetwork;
    }
}
