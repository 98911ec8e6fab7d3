package org.reg2rg.tensor;

import java.lang.reflect.RecordComponent;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * Native lifetimes. Every tensor made inside a scope is freed when the scope ends, except those that are kept: the
 * collector does not see native sizes, so without scopes memory grows for as long as a program computes. Scopes belong
 * to a thread; tensors do not cross threads.
 */
public final class Scope {
    private Scope() {}

    /** Runs a piece of work and frees all tensors that it made. */
    public static void run(Runnable work) {
        try (PointerScope scope = new PointerScope()) {
            work.run();
        }
    }

    /** Frees all tensors that the work made, except its result, which then belongs to the enclosing scope if any. */
    public static Tensor keep(Supplier<Tensor> work) {
        return keepAll(work);
    }

    /**
     * As {@link #keep}, for any result: tensors in a record, in records within it, and in iterables and arrays of these
     * are kept. Other objects pass as they are.
     */
    public static <T> T keepAll(Supplier<T> work) {
        T result;
        PointerScope scope = new PointerScope();
        try (scope) {
            result = work.get();
            eachPointer(result, Pointer::retainReference);
        }
        PointerScope outer = PointerScope.getInnerScope();
        if (outer != null) {
            eachPointer(result, pointer -> {
                outer.attach(pointer);
                pointer.releaseReference();
            });
        }
        return result;
    }

    /** As {@link #keepAll}, but the result outlives every scope: weights, optimiser state, a cache of many steps. */
    public static <T> T outlive(Supplier<T> work) {
        try (PointerScope scope = new PointerScope()) {
            T result = work.get();
            eachPointer(result, Pointer::retainReference);
            return result;
        }
    }

    /** As {@link #keepAll}, with no gradients recorded inside. */
    public static <T> T inference(Supplier<T> work) {
        boolean before = GradMode.is_enabled();
        GradMode.set_enabled(false);
        try {
            return keepAll(work);
        } finally {
            GradMode.set_enabled(before);
        }
    }

    /** Frees tensors that {@link #outlive} kept; using them afterwards is an error. */
    public static void free(Object tensors) {
        eachPointer(tensors, Pointer::close);
    }

    private static void eachPointer(Object value, Consumer<Pointer> action) {
        switch (value) {
            case Pointer pointer -> action.accept(pointer);
            case Iterable<?> many -> many.forEach(one -> eachPointer(one, action));
            case Object[] many -> {
                for (Object one : many) {
                    eachPointer(one, action);
                }
            }
            case Record fields -> {
                for (RecordComponent field : fields.getClass().getRecordComponents()) {
                    eachPointer(valueOf(field, fields), action);
                }
            }
            default -> {}
        }
    }

    private static Object valueOf(RecordComponent field, Record owner) {
        try {
            field.getAccessor().setAccessible(true);
            return field.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
