package org.reg2rg.core;

/**
 * Bad input, told to the person who gave it. The message reads
 * {@code subject: problem (expected …, got …); what to do}; the program prints it and ends with exit code 2.
 * Everything else that is thrown is our own fault and ends with exit code 1.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param subject the file, option or value that is wrong, as the user knows it
     * @param problem what is wrong, with the expected and the found value where there are such
     * @param remedy what the user can do
     */
    public InputException(String subject, String problem, String remedy) {
        super(subject + ": " + problem + "; " + remedy);
    }

    /** As {@link #InputException(String, String, String)}, keeping the cause for {@code --verbose} traces. */
    public InputException(String subject, String problem, String remedy, Throwable cause) {
        super(subject + ": " + problem + "; " + remedy, cause);
    }
}
