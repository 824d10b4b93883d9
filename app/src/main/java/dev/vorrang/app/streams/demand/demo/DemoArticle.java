package dev.vorrang.app.streams.demand.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A spare part and what is ordered of it: about as much each day, more at the beginning of the week than at its end, and what happens to
 * it is added. The same article is always ordered the same. For one thread.
 */
final class DemoArticle {

    /** What happens repeats itself after so many days. */
    private static final int CYCLE = 56;

    private static final double[] WEEK = {1.35, 1.2, 1.1, 1.05, 1.0, 0.75, 0.55};
    /** Variance of a day's pieces over their mean. */
    private static final double DISPERSION = 1.2;

    private static final int MAX_LINE = 6;
    /** With this one nothing else happens to be out of the ordinary. */
    private static final long SEED = 1_000;

    /** Days of demand that stock and what is on order must last, and that an order is for. */
    private static final double REORDER_DAYS = 13;

    private static final double ORDER_DAYS = 14;
    private static final int LEAD_TIME = 5;
    /** Days by which the demand is judged that an order is for. */
    private static final double USUAL_DAYS = 14;

    private final String name;
    private final double level;
    private final Event event;
    private final Random random;
    private final int[] arriving = new int[LEAD_TIME];
    private double usual;
    private int stock;

    /** What happens to an article. */
    enum Event {
        NONE,
        /** So many are ordered on one day as else in a week. */
        SURGE,
        /** Nobody orders it any more. */
        STOPS,
        /** Its supplier sends nothing. */
        NOT_SUPPLIED,
        /** More is ordered each day than before. */
        RISES;

        /** @param day since the beginning of the story, in the cycle */
        double factor(int day) {
            return switch (this) {
                case SURGE -> day == 5 ? 6 : 1;
                case STOPS -> day >= 9 && day < 35 ? 0 : 1;
                case RISES -> day >= 7 && day < 40 ? 1.5 : 1;
                case NONE, NOT_SUPPLIED -> 1;
            };
        }

        boolean isSupplied(int day) {
            return this != NOT_SUPPLIED || day < 2 || day >= 30;
        }
    }

    private DemoArticle(String name, double level, Event event, long seed) {
        this.name = name;
        this.level = level;
        this.event = event;
        this.random = new Random(seed);
        this.usual = level;
        this.stock = (int) (level * (REORDER_DAYS + seed % 7));
    }

    /** The spare parts of a maker of cold rooms. */
    static List<DemoArticle> warehouse() {
        var articles = new ArrayList<DemoArticle>();
        add(articles, 34, "door-seal");
        add(articles, 21, "door-hinge");
        add(articles, 17, "door-closer");
        add(articles, 9, "strip-curtain", Event.STOPS);
        add(articles, 26, "fan-motor", Event.NOT_SUPPLIED);
        add(articles, 30, "fan-blade");
        add(articles, 6, "evaporator");
        add(articles, 5, "condenser");
        add(articles, 12, "thermostat");
        add(articles, 14, "temperature-probe", Event.SURGE);
        add(articles, 8, "controller");
        add(articles, 7, "display");
        add(articles, 42, "led-strip");
        add(articles, 38, "shelf");
        add(articles, 55, "shelf-clip");
        add(articles, 24, "castor");
        add(articles, 11, "drip-tray");
        add(articles, 10, "drain-heater");
        add(articles, 13, "solenoid-valve");
        add(articles, 9, "expansion-valve");
        add(articles, 28, "filter-drier", Event.RISES);
        add(articles, 19, "relay");
        add(articles, 15, "contactor");
        add(articles, 47, "fuse");
        return articles;
    }

    private static void add(List<DemoArticle> articles, double level, String name) {
        add(articles, level, name, Event.NONE);
    }

    private static void add(List<DemoArticle> articles, double level, String name, Event event) {
        articles.add(new DemoArticle(name, level, event, SEED + articles.size()));
    }

    String name() {
        return name;
    }

    /** Pieces at hand. */
    int stock() {
        return stock;
    }

    /** Pieces that the supplier is about to send. */
    int onOrder() {
        int sum = 0;
        for (int pieces : arriving) {
            sum += pieces;
        }
        return sum;
    }

    /**
     * What is ordered on the next day; the stock is taken from, and filled up as buyers do.
     *
     * @param day since the beginning of the story, negative before it
     * @param weekday 0 for Monday
     * @return pieces of each order line
     */
    List<Integer> next(int day, int weekday) {
        int inCycle = day < 0 ? -1 : day % CYCLE;
        double mean = level * WEEK[weekday];
        double noisy = mean + random.nextGaussian() * Math.sqrt(DISPERSION * mean);
        int pieces = (int) Math.round(Math.max(0, noisy) * event.factor(inCycle));
        stock = Math.max(0, stock - pieces) + arriving[0];
        System.arraycopy(arriving, 1, arriving, 0, LEAD_TIME - 1);
        arriving[LEAD_TIME - 1] = 0;
        usual += (pieces - usual) / USUAL_DAYS;
        if (stock + onOrder() <= REORDER_DAYS * usual && event.isSupplied(inCycle)) {
            arriving[LEAD_TIME - 1] = (int) (ORDER_DAYS * usual);
        }
        return lines(pieces);
    }

    private List<Integer> lines(int pieces) {
        var lines = new ArrayList<Integer>();
        int most = Math.max(MAX_LINE, (int) level / 3);
        for (int left = pieces; left > 0; ) {
            int line = Math.min(left, 1 + random.nextInt(most));
            lines.add(line);
            left -= line;
        }
        return lines;
    }
}
