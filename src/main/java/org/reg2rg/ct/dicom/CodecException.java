package org.reg2rg.ct.dicom;

/** Compressed pixels that cannot be decoded; who knows the file's name turns it into an InputException. */
final class CodecException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    CodecException(String problem) {
        super(problem);
        this.problem = problem;
    }

    CodecException(String problem, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    /** What is wrong, in words for the user. */
    String problem() {
        return problem;
    }
}
