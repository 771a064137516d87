# SPDX-License-Identifier: Apache-2.0
"""CEL text to a tree, and back.

  expr    = or ["?" or ":" expr]
  or      = and {"||" and}          and = rel {"&&" rel}
  rel     = sum {("<"|"<="|">"|">="|"=="|"!="|"in") sum}
  sum     = product {("+"|"-") product}      product = unary {("*"|"/"|"%") unary}
  unary   = "!" unary | "-" unary | member
  member  = primary {"." NAME ["(" [expr {"," expr}] ")"]}
  primary = NUMBER | TEXT | "true" | "false" | NAME ["(" .. ")"] | "(" expr ")" | "[" .. "]"

A tree is a tuple: ("value", v), ("name", text), ("get", tree, text), ("call", text, trees), ("method", tree, text, trees),
("not", tree), ("minus", tree), (operator, tree, tree), ("if", tree, tree, tree), ("list", trees).
"""
import re

TOKEN = re.compile(
    r"""\s*(?:(?P<double>\d+\.\d+(?:e[+-]?\d+)?)|(?P<int>\d+)|(?P<raw>r"[^"]*")|(?P<text>"(?:[^"\\]|\\.)*")"""
    r"""|(?P<name>[A-Za-z_]\w*)|(?P<sign>&&|\|\||[<>=!]=|[-+*/%<>!?:.,()\[\]]))"""
)
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
LEVELS = [["||"], ["&&"], ["<", "<=", ">", ">=", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]]


def tokens(text):
    at = 0
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if not found:
            raise ValueError(f"no token at {text[at:at + 20]!r}")
        yield found.lastgroup, found.group(found.lastgroup)
        at = found.end()
    yield "end", ""


class Parser:
    def __init__(self, text):
        self.tokens, self.at = list(tokens(text)), 0

    def peek(self):
        return self.tokens[self.at][1] if self.tokens[self.at][0] in ("sign", "name") else None

    def take(self, wanted=None):
        kind, text = self.tokens[self.at]
        if wanted is not None and text != wanted:
            raise ValueError(f"{wanted!r} is missing before {text!r}")
        self.at += 1
        return kind, text

    def whole(self):
        tree = self.expr()
        self.take("")
        return tree

    def expr(self):
        tree = self.binary(0)
        if self.peek() != "?":
            return tree
        self.take()
        yes = self.binary(0)
        self.take(":")
        return ("if", tree, yes, self.expr())

    def binary(self, level):
        if level == len(LEVELS):
            return self.unary()
        tree = self.binary(level + 1)
        while self.peek() in LEVELS[level]:
            sign = self.take()[1]
            tree = (sign, tree, self.binary(level + 1))
        return tree

    def unary(self):
        for sign, name in (("!", "not"), ("-", "minus")):
            if self.peek() == sign:
                self.take()
                return (name, self.unary())
        return self.member()

    def member(self):
        tree = self.primary()
        while self.peek() == ".":
            self.take()
            name = self.take()[1]
            tree = ("method", tree, name, self.list_until("(", ")")) if self.peek() == "(" else ("get", tree, name)
        return tree

    def list_until(self, first, last):
        self.take(first)
        trees = []
        while self.peek() != last:
            trees.append(self.expr())
            if self.peek() == ",":
                self.take()
        self.take(last)
        return tuple(trees)

    def primary(self):
        if self.peek() == "(":
            self.take()
            tree = self.expr()
            self.take(")")
            return tree
        if self.peek() == "[":
            return ("list", self.list_until("[", "]"))
        kind, text = self.take()
        if kind == "name":
            if text in ("true", "false"):
                return ("value", text == "true")
            return ("call", text, self.list_until("(", ")")) if self.peek() == "(" else ("name", text)
        if kind == "raw":
            return ("value", text[2:-1])
        if kind == "text":
            return ("value", re.sub(r"\\(.)", lambda m: ESCAPES[m[1]], text[1:-1]))
        return ("value", {"int": int, "double": float}[kind](text))


def parse(text):
    return Parser(text).whole()


def show(tree):
    kind = tree[0]
    if kind == "value":
        value = tree[1]
        if isinstance(value, str):
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        return str(value).lower()
    if kind == "name":
        return tree[1]
    if kind == "get":
        return f"{inner(tree[1])}.{tree[2]}"
    if kind == "call":
        return f"{tree[1]}({', '.join(map(show, tree[2]))})"
    if kind == "method":
        return f"{inner(tree[1])}.{tree[2]}({', '.join(map(show, tree[3]))})"
    if kind == "list":
        return f"[{', '.join(map(show, tree[1]))}]"
    if kind in ("not", "minus"):
        return {"not": "!", "minus": "-"}[kind] + inner(tree[1])
    if kind == "if":
        return f"{inner(tree[1])} ? {inner(tree[2])} : {inner(tree[3])}"
    return f"{inner(tree[1])} {kind} {inner(tree[2])}"


def inner(tree):
    simple = tree[0] in ("value", "name", "get", "call", "method", "list")
    return show(tree) if simple else f"({show(tree)})"


def below(tree):
    """The trees directly below."""
    for part in tree[1:]:
        if isinstance(part, tuple) and part and isinstance(part[0], tuple):
            yield from part
        elif isinstance(part, tuple) and part:
            yield part
