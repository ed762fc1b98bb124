"""Service items and guides (事项与办事指南), their versions, and the search over them.

Everything else reads an item through a version: guide, form, clock and assistant see the same one.
行政许可法 第三十条: 事项、依据、条件、数量、程序、期限、材料目录应当公示.
"""
