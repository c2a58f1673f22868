/**
 * Unrolled: recurrent neural networks in plain Java, a small library and a course that runs.
 *
 * <p>One alphabet of sizes holds in every file and every lesson:
 * <table>
 *   <caption>Sizes</caption>
 *   <tr><td>{@code T}</td><td>time steps in a sequence</td></tr>
 *   <tr><td>{@code B}</td><td>sequences in a minibatch</td></tr>
 *   <tr><td>{@code D}</td><td>inputs per time step</td></tr>
 *   <tr><td>{@code H}</td><td>hidden units</td></tr>
 *   <tr><td>{@code K}</td><td>outputs, or classes</td></tr>
 *   <tr><td>{@code V}</td><td>symbols in a vocabulary</td></tr>
 * </table>
 * Values carry the symbol of their equation ({@code x}, {@code h}, {@code y}, {@code W}, {@code b}); the gradient of the
 * loss L with respect to a value is {@code d} and its name ({@code dW} is ∂L/∂W). Shapes stand in brackets beside each
 * array: {@code [T,B,H]}. A row holds one example, so that a layer computes {@code y = x W + b}.
 *
 * <p>The packages depend downwards only: {@code course → notebook → plot → data → train → optim → losses → layers → math}.
 */
package unrolled;
