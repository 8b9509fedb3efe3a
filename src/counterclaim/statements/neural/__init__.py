"""Attribution by the trained model: ONNX Runtime, tokenizers and numpy, no torch."""
