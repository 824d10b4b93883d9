package dev.vorrang.app.crash;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Does to the processes what the schedule says. For one thread. */
final class FaultInjector {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** After that a killed instance is no member of the group any more. */
    private static final Duration FORGOTTEN = Cluster.SESSION.plusSeconds(1);

    private final CrashPlan plan;
    private final Cluster cluster;
    private final Observer observer;
    private final CrashWatch watch;
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private long lastDeath = System.nanoTime();

    /** @param watch also waits in vain when a process ends that was not told to */
    FaultInjector(CrashPlan plan, Cluster cluster, Observer observer, CrashWatch watch) {
        this.plan = plan;
        this.cluster = cluster;
        this.observer = observer;
        this.watch = watch;
        watch.watch(cluster::fallen);
    }

    /** How often each fault came. */
    Map<Fault, Integer> done() {
        return Map.copyOf(done);
    }

    /** Returns when the broker answers. */
    void startBroker() {
        watch.say("broker starts at " + cluster.bootstrapServers());
        cluster.startBroker();
        watch.await("the broker answers", LIMIT, observer::brokerAnswers);
    }

    void startInstances() {
        for (int number = 1; number <= plan.instances(); number++) {
            watch.say("instance " + number + " starts");
            cluster.startInstance(number, "");
        }
    }

    /** Returns when every instance has its share of the work. */
    void awaitSettled() {
        watch.await(
                "all instances share the work",
                LIMIT,
                () -> System.nanoTime() - lastDeath > FORGOTTEN.toNanos()
                        && observer.isStable(
                                Cluster.group(""), cluster.running().size() * Cluster.THREADS));
    }

    void strike(FaultSchedule.Step step) throws InterruptedException {
        var running = cluster.running();
        int victim = running.get(step.victim() % running.size());
        switch (step.fault()) {
            case KILL -> kill(victim, step);
            case TERM -> {
                end(victim);
                restart(victim, step.pause());
            }
            case JOIN -> joinAndLeave(plan.instances() + 1, step.pause());
            case BROKER -> {
                watch.say("SIGKILL of broker and registry");
                cluster.killBroker();
                watch.pause(step.pause());
                startBroker();
            }
            case ALL -> killAll(running, step.pause());
            case FAIL -> {
                watch.say("the model of instance " + victim + " fails for " + CrashWatch.seconds(step.failure()));
                cluster.tellInstance(victim, ModelFaults.fail(step.failure()));
            }
            case HANG -> {
                watch.say("a call of the model of instance " + victim + " hangs for "
                        + CrashWatch.seconds(step.failure()));
                cluster.tellInstance(victim, ModelFaults.hang(step.failure()));
            }
        }
        lastDeath = System.nanoTime();
        done.merge(step.fault(), 1, Integer::sum);
    }

    private void kill(int victim, FaultSchedule.Step step) {
        watch.say("SIGKILL of instance " + victim);
        cluster.killInstance(victim);
        if (step.emptied()) {
            watch.say("instance " + victim + " loses its folder");
            cluster.emptyFolder(victim);
        }
        restart(victim, step.pause());
    }

    private void killAll(List<Integer> running, Duration pause) {
        watch.say("SIGKILL of everything at once");
        cluster.killBroker();
        running.forEach(cluster::killInstance);
        watch.pause(pause);
        startBroker();
        running.forEach(number -> restart(number, Duration.ZERO));
    }

    private void restart(int number, Duration pause) {
        watch.pause(pause);
        String after = pause.isZero() ? "" : ", after " + CrashWatch.seconds(pause);
        watch.say("instance " + number + " starts again" + after);
        cluster.startInstance(number, "");
    }

    private void joinAndLeave(int number, Duration stay) throws InterruptedException {
        watch.say("instance " + number + " joins");
        cluster.startInstance(number, "");
        watch.await(
                "instance " + number + " takes part",
                LIMIT,
                () -> observer.isStable(Cluster.group(""), (plan.instances() + 1) * Cluster.THREADS));
        watch.pause(stay);
        end(number);
    }

    /** Ends an instance by SIGTERM. */
    void end(int number) throws InterruptedException {
        watch.say("SIGTERM of instance " + number);
        if (!cluster.endInstance(number)) {
            watch.say("instance " + number + " did not end in time and was killed");
        }
    }

    void endAll() throws InterruptedException {
        for (int number : cluster.running()) {
            end(number);
        }
    }
}
