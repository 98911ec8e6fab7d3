package org.reg2rg.tensor;

/** What a child process of {@link TorchTest} runs: loads libtorch and adds two numbers. */
final class ColdStart {
    private ColdStart() {}

    public static void main(String[] arguments) {
        Torch.load();
        float sum = Tensors.toFloats(Tensors.floats(new float[] {1, 2}, 2).sum())[0];
        System.out.println("sum " + sum);
    }
}
