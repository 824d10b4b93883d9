package dev.vorrang.scoring.machine.judge;

/** The little linear algebra that a judgement needs. */
final class Matrices {

    private Matrices() {}

    /**
     * Replaces a symmetric positive definite matrix by its inverse (Gauss-Jordan without pivoting, stable for such matrices).
     *
     * @return whether it was positive definite; if not, what is left of it is of no use
     */
    static boolean invert(double[][] matrix) {
        int size = matrix.length;
        for (int pivot = 0; pivot < size; pivot++) {
            double[] line = matrix[pivot];
            if (!(line[pivot] > 0)) {
                return false;
            }
            double inverse = 1 / line[pivot];
            line[pivot] = 1;
            for (int j = 0; j < size; j++) {
                line[j] *= inverse;
            }
            for (int i = 0; i < size; i++) {
                if (i != pivot) {
                    double factor = matrix[i][pivot];
                    matrix[i][pivot] = 0;
                    for (int j = 0; j < size; j++) {
                        matrix[i][j] -= factor * line[j];
                    }
                }
            }
        }
        return true;
    }
}
