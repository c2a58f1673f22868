"""The training problem of Workload.java in JAX: scan over time, compiled as one step with its clipping and its Adam."""
import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
import jax
import jax.numpy as jnp

GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def rnn(p, z, state):
    h, c = state
    return jnp.tanh(z + h @ p["Wh"]), c


def lstm(p, z, state):
    h, c = state
    i, f, g, o = jnp.split(z + h @ p["Wh"], 4, 1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
    return jax.nn.sigmoid(o) * jnp.tanh(c), c


def gru(p, z, state):
    h, c = state
    (zr, zu, zn), (hr, hu, hn) = jnp.split(z, 3, 1), jnp.split(h @ p["Wh"], 3, 1)
    r, u = jax.nn.sigmoid(zr + hr), jax.nn.sigmoid(zu + hu)
    return (1 - u) * jnp.tanh(zn + r * (hn + p["bq"])) + u * h, c


def training_step(cell, B, T, D, H, dtype):
    """Random inputs and classes; the function that does one step and returns the loss when it is there."""
    jax.config.update("jax_enable_x64", dtype == "f64")
    kind, advance, G = {"f64": jnp.float64, "f32": jnp.float32}[dtype], {"rnn": rnn, "lstm": lstm, "gru": gru}[cell], GATES[cell]
    key = jax.random.split(jax.random.key(1), 5)
    shapes = {"Wx": (D, G * H), "Wh": (H, G * H), "W": (H, D)}
    p = {name: jax.random.normal(key[n], shape, kind) / shape[0] ** 0.5 for n, (name, shape) in enumerate(shapes.items())}
    p |= {"b": jnp.zeros(G * H, kind), "bq": jnp.zeros(H, kind), "bo": jnp.zeros(D, kind)}
    x, d = jax.random.normal(key[3], (T, B, D), kind), jax.random.randint(key[4], (T, B), 0, D)

    def loss_of(p):
        def one(state, z):
            state = advance(p, z, state)
            return state, state[0]
        zero = jnp.zeros((B, H), kind)
        h = jax.lax.scan(one, (zero, zero), x @ p["Wx"] + p["b"])[1]
        scores = jax.nn.log_softmax(h @ p["W"] + p["bo"])
        return -jnp.take_along_axis(scores, d[..., None], 2).mean()

    @jax.jit
    def update(p, m, v, n):
        loss, g = jax.value_and_grad(loss_of)(p)
        norm = jnp.sqrt(sum((a ** 2).sum() for a in jax.tree.leaves(g)))
        g = jax.tree.map(lambda a: a * jnp.minimum(1, 5 / norm).astype(kind), g)
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        rate = (0.001 * jnp.sqrt(1 - 0.999 ** n) / (1 - 0.9 ** n)).astype(kind)
        return jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), p, m, v), m, v, n + 1, loss

    zeros = jax.tree.map(jnp.zeros_like, p)
    state = [p, zeros, zeros, jnp.asarray(1.0, kind)]

    def step():
        state[0], state[1], state[2], state[3], loss = update(*state)
        return loss.block_until_ready()

    return step
