"""What is measured: the sizes of the training steps, and the shapes and sizes of the other parts."""

# name: (B, T, D = K, H), a rough guess of one step's seconds (only to say beforehand how long a run takes)
SIZES = {"S1": (1, 25, 64, 64), "S2": (16, 50, 32, 64), "S3": (32, 64, 65, 128), "S4": (64, 100, 128, 256), "S5": (64, 100, 512, 512)}
STEP_SECONDS = {"S1": 0.005, "S2": 0.02, "S3": 0.07, "S4": 0.4, "S5": 1.7}
CELLS = ("rnn", "lstm", "gru")

# Rows x sum x columns; "t": the first factor is stored transposed, as in dW += x' da. The first is what S1 multiplies at each step.
SHAPES = ("1x64x256", "16x64x256", "32x128x512", "64x256x1024", "64x512x2048", "2048x65x512", "6400x128x1024", "128x2048x512t")

# Of many fresh processes: the sizes, how many a cell (quick: fewer), seconds to warm up and to measure each turn, and how many turns.
PROCESS_SIZES, PROCESS_SECONDS, PROCESS_TURNS = ("S1", "S2", "S3"), (2, 0.1), 5


def processes(quick):
    return 5 if quick else 20


COLD = (16, 50, 32, 64)          # B, T, D, H
COLD_STEPS = 200
INFERENCE = (65, 128)            # D, H
INFERENCE_TURNS = 10             # in a round

# Growth: from this B, T, D, H (LSTM) one of them doubles at a time.
GROWTH_FROM = {"B": 8, "T": 16, "D": 64, "H": 32}
GROWTH = {"T": (16, 32, 64, 128, 256), "B": (8, 16, 32, 64, 128), "H": (32, 64, 128, 256, 512)}


# By precision, as the raw results name them; also: on the other JDK.
OURS = {"f64": "ours", "f32": "ours f32"}
ALSO = {"f64": "also", "f32": "also f32"}


def multiplications(B, T, D, H):
    """Of an LSTM's training step with its head, K = D: forward, and twice that backward."""
    return 3 * B * T * (4 * H * (D + H) + H * D)
