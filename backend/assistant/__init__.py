"""The conversational guide (智能问答): from everyday words to the item, the aspect and the answer.

It answers from published item versions only (行政许可法 第三十条: the guide shown and the answer given are
the same text), names who handles what the office does not do (第三十二条第一款第二项), and never promises
an approval. No language model is needed; names people use stand in `intents/`.
"""
