package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import java.util.List;

/**
 * What came of a step.
 *
 * @param score its score
 * @param findings what the models said, in their order without those that know too little yet
 * @param alerts changes of alerts, in the order of their kinds
 */
public record StepResult(MachineScore score, List<Finding> findings, List<MachineAlert> alerts) {}
