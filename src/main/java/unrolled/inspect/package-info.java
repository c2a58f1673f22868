/** Looking inside a network: where its gradient comes from, how far back it reaches, what its memory holds, what it costs. */
package unrolled.inspect;
