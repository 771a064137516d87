// SPDX-License-Identifier: Apache-2.0
//   expression = or [ "?" or ":" expression ]
//   or         = and { "||" and }
//   and        = relation { "&&" relation }
//   relation   = sum { ( "<" | "<=" | ">=" | ">" | "==" | "!=" | "in" ) sum }
//   sum        = product { ( "+" | "-" ) product }
//   product    = unary { ( "*" | "/" | "%" ) unary }
//   unary      = { "!" } member | { "-" } member
//   member     = primary { "." [ "?" ] field | "." name "(" [ list ] ")"
//                        | "[" [ "?" ] expression "]" }
//   primary    = [ "." ] name [ "(" [ list ] ")" ] | "(" expression ")" | literal
//              | "[" [ entries ] [ "," ] "]" | "{" [ pairs ] [ "," ] "}"
//   list       = expression { "," expression }
//   entries    = [ "?" ] expression { "," [ "?" ] expression }
//   pairs      = [ "?" ] expression ":" expression { "," [ "?" ] expression ":" expression }
//   field      = name | reserved word | quoted name
#include "parser.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "lexer.h"
#include "numbers.h"
#include "standard_macros.h"
#include "utf8.h"

namespace kentongan::cel {
namespace {

// A part and where it began, parentheses included.
struct Part {
    NodeId node = 0;
    SourceRange range;
};

using Parsed = tl::expected<Part, Error>;

struct BinaryLevel {
    std::array<std::pair<TokenKind, Operator>, 7> operators;
};

constexpr std::array<BinaryLevel, 3> binary_levels = {{
    {{{{TokenKind::less, Operator::less},
       {TokenKind::less_equal, Operator::less_equal},
       {TokenKind::greater, Operator::greater},
       {TokenKind::greater_equal, Operator::greater_equal},
       {TokenKind::equal, Operator::equal},
       {TokenKind::not_equal, Operator::not_equal},
       {TokenKind::in_word, Operator::in}}}},
    {{{{TokenKind::plus, Operator::add}, {TokenKind::minus, Operator::subtract}}}},
    {{{{TokenKind::star, Operator::multiply},
       {TokenKind::slash, Operator::divide},
       {TokenKind::percent, Operator::modulo}}}},
}};

Operator operator_at(std::size_t level, TokenKind token) {
    for (const auto& [kind, operation] : binary_levels[level].operators) {
        if (operation != Operator::none && kind == token) {
            return operation;
        }
    }
    return Operator::none;
}

class Parser {
public:
    Parser(std::string_view text, std::vector<Token> tokens, const ExpressionLimits& limits)
        : text_(text), tokens_(std::move(tokens)), limits_(limits) {}

    tl::expected<Ast, Error> run() {
        auto root = expression();
        if (!root) {
            return tl::unexpected(std::move(root.error()));
        }
        if (current().kind != TokenKind::end) {
            return unexpected_token();
        }
        ast_.root = root->node;
        return std::move(ast_);
    }

private:
    [[nodiscard]] const Token& current() const { return tokens_[at_]; }
    [[nodiscard]] const Token& following() const {
        return tokens_[std::min(at_ + 1, tokens_.size() - 1)];
    }
    const Token& take() {
        const Token& token = tokens_[at_];
        at_ += token.kind == TokenKind::end ? 0U : 1U;
        return token;
    }
    bool accept(TokenKind kind) {
        if (current().kind != kind) {
            return false;
        }
        take();
        return true;
    }

    [[nodiscard]] tl::unexpected<Error> fail(ErrorKind kind, SourceRange where,
                                             std::string message) const {
        Error error;
        error.kind = kind;
        error.range = where;
        error.position = position_at(text_, where.begin);
        error.message = std::move(message);
        return tl::unexpected(std::move(error));
    }

    [[nodiscard]] tl::unexpected<Error> unexpected_token(std::string_view wanted = {}) const {
        const Token& token = current();
        std::string message = fmt::format("{} is not expected here", describe(token.kind));
        if (!wanted.empty()) {
            message += fmt::format("; expected {}", wanted);
        }
        if (token.kind == TokenKind::identifier && (token.text == "and" || token.text == "or")) {
            message = token.text == "and" ? "write `&&` for and" : "write `||` for or";
        }
        return fail(ErrorKind::syntax, token.range, std::move(message));
    }

    // Puts a node into the tree unless a limit is passed.
    Parsed add(Node node, SourceRange range) {
        node.range = range;
        const NodeId id = ast_.add(std::move(node));
        if (ast_.size() > limits_.nodes) {
            return fail(ErrorKind::too_large, range,
                        fmt::format("the expression has more than {} parts", limits_.nodes));
        }
        return ast_[id].depth > limits_.depth ? too_deep(range) : Parsed(Part{id, range});
    }

    [[nodiscard]] Parsed too_deep(SourceRange range) const {
        return fail(ErrorKind::too_deep, range,
                    fmt::format("the expression is nested more than {} deep", limits_.depth));
    }

    // Counts nested calls, so that a text of brackets alone cannot exhaust the stack.
    class Nesting {
    public:
        explicit Nesting(std::uint16_t& depth) : depth_(depth) { ++depth_; }
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;
        ~Nesting() { --depth_; }

    private:
        std::uint16_t& depth_;
    };

    Parsed expression() {
        const Nesting nesting(depth_);
        if (depth_ > limits_.depth) {
            return too_deep(current().range);
        }
        auto condition = logical(TokenKind::logical_or, NodeKind::logical_or);
        if (!condition || !accept(TokenKind::question)) {
            return condition;
        }
        auto then = logical(TokenKind::logical_or, NodeKind::logical_or);
        if (!then) {
            return then;
        }
        if (!accept(TokenKind::colon)) {
            return unexpected_token("`:`");
        }
        auto otherwise = expression();
        if (!otherwise) {
            return otherwise;
        }
        Node node;
        node.kind = NodeKind::conditional;
        node.children = {condition->node, then->node, otherwise->node};
        return add(std::move(node), join(condition->range, otherwise->range));
    }

    // && and ||, each as one node with all its operands.
    Parsed logical(TokenKind sign, NodeKind kind) {
        const auto operand = [&] {
            return kind == NodeKind::logical_or
                       ? logical(TokenKind::logical_and, NodeKind::logical_and)
                       : binary(0);
        };
        auto first = operand();
        if (!first || current().kind != sign) {
            return first;
        }
        Node node;
        node.kind = kind;
        node.children = {first->node};
        SourceRange range = first->range;
        while (accept(sign)) {
            auto next = operand();
            if (!next) {
                return next;
            }
            node.children.push_back(next->node);
            range = join(range, next->range);
        }
        return add(std::move(node), range);
    }

    Parsed binary(std::size_t level) {
        if (level == binary_levels.size()) {
            return unary();
        }
        auto left = binary(level + 1);
        while (left) {
            const Operator operation = operator_at(level, current().kind);
            if (operation == Operator::none) {
                break;
            }
            Node node;
            node.kind = NodeKind::binary;
            node.operation = operation;
            node.name_range = take().range;
            auto right = binary(level + 1);
            if (!right) {
                return right;
            }
            node.children = {left->node, right->node};
            left = add(std::move(node), join(left->range, right->range));
        }
        return left;
    }

    Parsed unary() {
        const TokenKind sign = current().kind;
        if (sign != TokenKind::exclamation && sign != TokenKind::minus) {
            return member();
        }
        const std::size_t first = at_;
        while (current().kind == sign) {
            take();
        }
        std::size_t signs = at_ - first;
        const bool negative_literal =
            sign == TokenKind::minus &&
            (current().kind == TokenKind::integer || current().kind == TokenKind::real);
        if (negative_literal) {
            --signs;
        }
        auto operand = member(negative_literal);
        for (; operand && signs > 0; --signs) {
            Node node;
            node.kind = NodeKind::unary;
            node.operation =
                sign == TokenKind::minus ? Operator::negate : Operator::logical_not;
            node.name_range = tokens_[first + signs - 1].range;
            node.children = {operand->node};
            operand = add(std::move(node), join(node.name_range, operand->range));
        }
        return operand;
    }

    Parsed member(bool negative = false) {
        auto part = primary(negative);
        while (part) {
            if (accept(TokenKind::dot)) {
                part = field(*part);
            } else if (accept(TokenKind::left_bracket)) {
                part = index(*part);
            } else {
                break;
            }
        }
        return part;
    }

    Parsed field(const Part& target) {
        Node node;
        node.kind = NodeKind::select;
        node.is_optional = accept(TokenKind::question);
        const Token& name = current();
        if (name.kind != TokenKind::identifier && name.kind != TokenKind::reserved &&
            name.kind != TokenKind::quoted_identifier) {
            return unexpected_token("the name of a field or function");
        }
        node.name = name.text;
        node.name_range = take().range;
        node.children = {target.node};
        const bool is_call = current().kind == TokenKind::left_parenthesis &&
                             name.kind != TokenKind::quoted_identifier && !node.is_optional;
        if (is_call) {
            node.is_member = true;
            return call(std::move(node), target.range);
        }
        return add(std::move(node), join(target.range, node.name_range));
    }

    Parsed index(const Part& target) {
        Node node;
        node.kind = NodeKind::index;
        node.is_optional = accept(TokenKind::question);
        auto key = expression();
        if (!key) {
            return key;
        }
        const Token& bracket = current();
        if (!accept(TokenKind::right_bracket)) {
            return unexpected_token("`]`");
        }
        node.children = {target.node, key->node};
        return add(std::move(node), join(target.range, bracket.range));
    }

    // The node has the name, and for a member the target; `(` is next.
    Parsed call(Node node, SourceRange begin) {
        node.kind = NodeKind::call;
        take();
        while (current().kind != TokenKind::right_parenthesis) {
            auto argument = expression();
            if (!argument) {
                return argument;
            }
            node.children.push_back(argument->node);
            if (!accept(TokenKind::comma)) {
                break;
            }
            if (current().kind == TokenKind::right_parenthesis) {
                return unexpected_token("another argument");
            }
        }
        const SourceRange range = join(begin, current().range);
        if (!accept(TokenKind::right_parenthesis)) {
            return unexpected_token("`,` or `)`");
        }
        node.range = range;
        auto expanded = expand_standard_macro(ast_, node);
        if (!expanded) {
            return fail(ErrorKind::invalid_macro, expanded.error().range,
                        std::move(expanded.error().message));
        }
        return add(*expanded ? std::move(**expanded) : std::move(node), range);
    }

    Parsed primary(bool negative) {
        const Token& token = current();
        switch (token.kind) {
            case TokenKind::dot:
            case TokenKind::identifier: return name();
            case TokenKind::reserved:
                return fail(ErrorKind::reserved_word, token.range,
                            fmt::format("`{}` is a reserved word of CEL", token.text));
            case TokenKind::left_parenthesis: return parenthesis();
            case TokenKind::left_bracket: return list();
            case TokenKind::left_brace: return map();
            default: return literal(negative);
        }
    }

    Parsed name() {
        Node node;
        node.kind = NodeKind::identifier;
        const SourceRange begin = current().range;
        node.is_absolute = accept(TokenKind::dot);
        if (current().kind != TokenKind::identifier) {
            return unexpected_token("a name");
        }
        node.name = current().text;
        node.name_range = take().range;
        if (current().kind == TokenKind::left_parenthesis) {
            return call(std::move(node), begin);
        }
        if (current().kind == TokenKind::left_brace) {
            return fail(ErrorKind::syntax, begin, "objects cannot be made in an expression");
        }
        return add(std::move(node), join(begin, node.name_range));
    }

    Parsed parenthesis() {
        const SourceRange begin = take().range;
        auto inner = expression();
        if (!inner) {
            return inner;
        }
        const SourceRange end = current().range;
        if (!accept(TokenKind::right_parenthesis)) {
            return unexpected_token("`)`");
        }
        return Part{inner->node, join(begin, end)};
    }

    Parsed list() {
        Node node;
        node.kind = NodeKind::list;
        return entries(std::move(node), TokenKind::right_bracket, "`,` or `]`");
    }

    Parsed map() {
        Node node;
        node.kind = NodeKind::map;
        return entries(std::move(node), TokenKind::right_brace, "`,` or `}`");
    }

    Parsed entries(Node node, TokenKind closing, std::string_view wanted) {
        const SourceRange begin = take().range;
        bool any_optional = false;
        while (current().kind != closing) {
            const bool optional = accept(TokenKind::question);
            any_optional = any_optional || optional;
            node.optional_entries.push_back(optional);
            if (auto entry = this->entry(node); !entry) {
                return tl::unexpected(std::move(entry.error()));
            }
            if (!accept(TokenKind::comma)) {
                break;
            }
        }
        const SourceRange range = join(begin, current().range);
        if (!accept(closing)) {
            return unexpected_token(wanted);
        }
        if (!any_optional) {
            node.optional_entries.clear();
        }
        return add(std::move(node), range);
    }

    // An element of a list, or key and value of a map.
    tl::expected<void, Error> entry(Node& node) {
        auto first = expression();
        if (!first) {
            return tl::unexpected(std::move(first.error()));
        }
        node.children.push_back(first->node);
        if (node.kind == NodeKind::list) {
            return {};
        }
        if (!accept(TokenKind::colon)) {
            return unexpected_token("`:`");
        }
        auto value = expression();
        if (!value) {
            return tl::unexpected(std::move(value.error()));
        }
        node.children.push_back(value->node);
        return {};
    }

    Parsed literal(bool negative) {
        const Token& token = current();
        Node node;
        SourceRange range = token.range;
        if (negative) {
            range = join(tokens_[at_ - 1].range, range);
        }
        const auto value = literal_value(token, negative);
        if (!value) {
            return unexpected_token("a value");
        }
        if (value->is_error()) {
            return fail(ErrorKind::invalid_literal, range, "this number is out of range");
        }
        node.literal = *value;
        if (value->is(Kind::string) || value->is(Kind::bytes)) {
            node.name = token.text;
        }
        take();
        return add(std::move(node), range);
    }

    // Nothing when the token is no literal; an error value when it is out of range.
    static std::optional<Value> literal_value(const Token& token, bool negative) {
        switch (token.kind) {
            case TokenKind::true_word: return Value::boolean(true);
            case TokenKind::false_word: return Value::boolean(false);
            case TokenKind::null_word: return Value::null();
            case TokenKind::string: return Value::string({});
            case TokenKind::bytes: return Value::bytes({});
            case TokenKind::real: {
                const auto number = parse_real((negative ? "-" : "") + token.text);
                return number ? Value::real(*number) : Value::error(EvalErrorKind::overflow);
            }
            case TokenKind::integer:
            case TokenKind::unsigned_integer: return whole_literal(token, negative);
            default: return std::nullopt;
        }
    }

    static Value whole_literal(const Token& token, bool negative) {
        const bool hex = token.text.starts_with("0x");
        const std::string digits = (negative ? "-" : "") + token.text.substr(hex ? 2 : 0);
        const int base = hex ? 16 : 10;
        if (token.kind == TokenKind::unsigned_integer) {
            const auto number = parse_unsigned(digits, base);
            return number ? Value::unsigned_integer(*number)
                          : Value::error(EvalErrorKind::overflow);
        }
        const auto number = parse_integer(digits, base);
        return number ? Value::integer(*number) : Value::error(EvalErrorKind::overflow);
    }

    std::string_view text_;
    std::vector<Token> tokens_;
    ExpressionLimits limits_;
    std::size_t at_ = 0;
    std::uint16_t depth_ = 0;
    Ast ast_;
};

tl::unexpected<Error> whole_text_error(ErrorKind kind, std::string message) {
    Error error;
    error.kind = kind;
    error.message = std::move(message);
    return tl::unexpected(std::move(error));
}

}  // namespace

tl::expected<Ast, Error> parse(std::string_view text, const ExpressionLimits& limits) {
    if (text.size() > limits.text_bytes) {
        return whole_text_error(
            ErrorKind::too_large,
            fmt::format("the expression is longer than {} bytes", limits.text_bytes));
    }
    if (!utf8::is_valid(text)) {
        return whole_text_error(ErrorKind::syntax, "the expression is not valid UTF-8");
    }
    auto tokens = tokenize(text);
    if (!tokens) {
        return tl::unexpected(std::move(tokens.error()));
    }
    return Parser(text, std::move(*tokens), limits).run();
}

}  // namespace kentongan::cel
