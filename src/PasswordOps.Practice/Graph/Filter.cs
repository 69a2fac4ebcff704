using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PasswordOps.Practice.Graph;

/// <summary>How a filter reads one property. A collection gives an <see cref="IEnumerable{T}"/> of string to any(...).</summary>
internal delegate object? FilterValue<in T>(T item);

/// <summary>
/// The $filter forms that the service takes for the lists of this tenant: comparison, in, startswith and its kin, any, and, or, not.
/// </summary>
internal sealed class Filter<T>
{
    /// <summary>The directory refuses more alternatives than this in one filter.</summary>
    private const int MostAlternatives = 15;

    private readonly List<Token> _tokens;
    private readonly Func<string, FilterValue<T>?> _properties;
    private readonly string _type;
    private int _at;

    private Filter(string text, string type, Func<string, FilterValue<T>?> properties)
    {
        _type = type;
        _properties = properties;
        _tokens = Lex(text);
    }

    private enum Kind
    {
        Word,
        Text,
        Mark,
    }

    private readonly record struct Token(Kind Kind, string Text);

    /// <summary>A test, and the values that a property must have for it to hold, where only an equality can tell.</summary>
    private sealed record Node(Func<T, bool> Fits, IReadOnlyDictionary<string, IReadOnlyList<string>> Keys)
    {
        public Node(Func<T, bool> fits)
            : this(fits, s_noKeys)
        {
        }
    }

    private static readonly Dictionary<string, IReadOnlyList<string>> s_noKeys = [];

    public required Func<T, bool> Fits { get; init; }

    /// <summary>The filter has an operator that the directory answers only to an advanced query.</summary>
    public required bool Advanced { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; init; }

    private bool SawAdvanced { get; set; }

    internal static Filter<T> Parse(string text, string type, Func<string, FilterValue<T>?> properties)
    {
        var parser = new Filter<T>(text, type, properties) { Fits = _ => false, Advanced = false, Keys = s_noKeys };
        Node node = parser.Or();
        if (parser._at < parser._tokens.Count)
            throw parser.Syntax();
        return new Filter<T>("", type, properties) { Fits = node.Fits, Advanced = parser.SawAdvanced, Keys = node.Keys };
    }

    /// <summary>An operator of advanced queries works only for a caller who takes answers that lag behind, and says so.</summary>
    internal Filter<T> RequireAdvanced(Call call)
    {
        bool lookup = call.Path.EndsWith("/$count", StringComparison.OrdinalIgnoreCase);
        if (Advanced && !(call.Eventual && (call.Query.Count || lookup)))
        {
            throw GraphException.UnsupportedQuery(
                "Operator is not supported because the required parameters might be missing. Try adding $count=true query parameter and "
                + "ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information");
        }
        return this;
    }

    private static List<Token> Lex(string text)
    {
        var tokens = new List<Token>();
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c is '(' or ')' or ',')
            {
                tokens.Add(new Token(Kind.Mark, c.ToString()));
                at++;
            }
            else if (c == '\'')
            {
                var value = new StringBuilder();
                for (at++; ; at++)
                {
                    if (at >= text.Length)
                        throw new GraphException(400, "BadRequest", "Invalid filter clause: There is an unterminated string literal.");
                    if (text[at] != '\'')
                        value.Append(text[at]);
                    else if (at + 1 < text.Length && text[at + 1] == '\'')
                        value.Append(text[at++]);
                    else
                        break;
                }
                at++;
                tokens.Add(new Token(Kind.Text, value.ToString()));
            }
            else
            {
                int end = at;
                while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('(' or ')' or ',' or '\''))
                    end++;
                tokens.Add(new Token(Kind.Word, text[at..end]));
                at = end;
            }
        }
        return tokens;
    }

    private GraphException Syntax() => new(400, "BadRequest", $"Invalid filter clause: Syntax error at position {_at}.");

    private bool Take(Kind kind, string text)
    {
        if (_at < _tokens.Count && _tokens[_at].Kind == kind && string.Equals(_tokens[_at].Text, text, StringComparison.OrdinalIgnoreCase))
        {
            _at++;
            return true;
        }
        return false;
    }

    private void Need(string mark)
    {
        if (!Take(Kind.Mark, mark))
            throw Syntax();
    }

    private Token Next() => _at < _tokens.Count ? _tokens[_at++] : throw Syntax();

    private Node Or()
    {
        var nodes = new List<Node> { And() };
        while (Take(Kind.Word, "or"))
            nodes.Add(And());
        if (nodes.Count == 1)
            return nodes[0];
        if (nodes.Count > MostAlternatives)
            throw TooMany(nodes.Count);
        return new Node(item => nodes.Exists(node => node.Fits(item)), Union(nodes));
    }

    private static Dictionary<string, IReadOnlyList<string>> Union(List<Node> nodes) => nodes[0].Keys.Keys
        .Where(name => nodes.TrueForAll(node => node.Keys.ContainsKey(name)))
        .ToDictionary(name => name, name => (IReadOnlyList<string>)nodes.SelectMany(node => node.Keys[name]).ToList());

    private static GraphException TooMany(int count) => GraphException.UnsupportedQuery(
        $"Too many child clauses specified in search filter expression containing 'OR' operators: {count}. "
        + $"Max allowed: {MostAlternatives}.");

    private Node And()
    {
        Node node = Unary();
        while (Take(Kind.Word, "and"))
        {
            Node left = node;
            Node right = Unary();
            node = new Node(item => left.Fits(item) && right.Fits(item), left.Keys.Count > 0 ? left.Keys : right.Keys);
        }
        return node;
    }

    private Node Unary()
    {
        if (!Take(Kind.Word, "not"))
            return Primary();
        SawAdvanced = true;
        Node inner = Unary();
        return new Node(item => !inner.Fits(item));
    }

    private Node Primary()
    {
        if (Take(Kind.Mark, "("))
        {
            Node inner = Or();
            Need(")");
            return inner;
        }
        Token word = Next();
        if (word.Kind != Kind.Word)
            throw Syntax();
        if (Take(Kind.Mark, "("))
        {
            if (word.Text.EndsWith("/any", StringComparison.OrdinalIgnoreCase))
                return Any(word.Text[..^4]);
            return Function(word.Text);
        }
        return Comparison(word.Text);
    }

    private Node Function(string name)
    {
        FilterValue<T> property = Property(Next().Text);
        Need(",");
        string text = Next().Text;
        Need(")");
        Func<string, bool> test = TextTest(name, text);
        return new Node(item => property(item) is string value && test(value));
    }

    private Func<string, bool> TextTest(string name, string text)
    {
        if (string.Equals(name, "startswith", StringComparison.OrdinalIgnoreCase))
            return value => value.StartsWith(text, StringComparison.OrdinalIgnoreCase);
        if (string.Equals(name, "endswith", StringComparison.OrdinalIgnoreCase))
        {
            SawAdvanced = true;
            return value => value.EndsWith(text, StringComparison.OrdinalIgnoreCase);
        }
        throw GraphException.UnsupportedQuery($"Unsupported Query. The function '{name}' is not supported here.");
    }

    /// <summary>
    /// any(x:x eq 'value') over plain values, any(x:x/name eq 'value') over objects, of which the property gives the values.
    /// </summary>
    private Node Any(string collection)
    {
        string first = Next().Text;
        bool isFunction = first.Contains(':', StringComparison.Ordinal)
            && first[(first.IndexOf(':', StringComparison.Ordinal) + 1)..].EndsWith("with", StringComparison.OrdinalIgnoreCase);
        Func<string, bool> test;
        string path;
        if (isFunction)
        {
            Need("(");
            path = Next().Text;
            Need(",");
            test = TextTest(first[(first.IndexOf(':', StringComparison.Ordinal) + 1)..], Next().Text);
            Need(")");
        }
        else
        {
            path = first[(first.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (!Take(Kind.Word, "eq"))
                throw GraphException.UnsupportedQuery("Unsupported Query. Only eq is supported inside any.");
            string wanted = Next().Text;
            test = value => string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase);
        }
        Need(")");
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        FilterValue<T> property = Property(slash < 0 ? collection : collection + path[slash..]);
        return new Node(item => property(item) is IEnumerable<string> values && values.Any(test));
    }

    private Node Comparison(string name)
    {
        FilterValue<T> property = Property(name);
        string operation = Next().Text.ToLowerInvariant();
        if (operation == "in")
        {
            var wanted = new List<Token>();
            Need("(");
            do
                wanted.Add(Next());
            while (Take(Kind.Mark, ","));
            Need(")");
            if (wanted.Count > MostAlternatives)
                throw TooMany(wanted.Count);
            return new Node(
                item => wanted.Exists(token => Same(property(item), token)),
                new Dictionary<string, IReadOnlyList<string>> { [name.ToLowerInvariant()] = wanted.ConvertAll(token => token.Text) });
        }
        Token literal = Next();
        if (literal.Kind == Kind.Mark)
            throw Syntax();
        switch (operation)
        {
            case "eq":
                return new Node(
                    item => Same(property(item), literal),
                    new Dictionary<string, IReadOnlyList<string>> { [name.ToLowerInvariant()] = [literal.Text] });
            case "ne":
                SawAdvanced = true;
                return new Node(item => !Same(property(item), literal));
            case "ge":
                return new Node(item => Order(property(item), literal) >= 0);
            case "gt":
                return new Node(item => Order(property(item), literal) > 0);
            case "le":
                return new Node(item => Order(property(item), literal) <= 0);
            case "lt":
                return new Node(item => Order(property(item), literal) < 0);
            default:
                throw Syntax();
        }
    }

    private FilterValue<T> Property(string name) =>
        _properties(name) ?? throw new GraphException(
            400, "BadRequest",
            $"Invalid filter clause: Could not find a property named '{name}' on type '{_type}', or it cannot be filtered.");

    private static bool Same(object? value, Token literal) => value switch
    {
        null => literal is { Kind: Kind.Word, Text: "null" },
        bool flag => bool.TryParse(literal.Text, out bool wanted) && flag == wanted,
        string text => literal.Kind == Kind.Text && string.Equals(text, literal.Text, StringComparison.OrdinalIgnoreCase),
        Guid id => Guid.TryParse(literal.Text, out Guid wanted) && id == wanted,
        DateTimeOffset => Order(value, literal) == 0,
        _ => false,
    };

    /// <summary>How a value lies to a literal; null where the two have no order.</summary>
    private static int? Order(object? value, Token literal)
    {
        if (value is DateTimeOffset time)
        {
            if (!DateTimeOffset.TryParse(
                literal.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset wanted))
                throw new GraphException(400, "BadRequest", $"Invalid filter clause: '{literal.Text}' is not a date and time.");
            return time.CompareTo(wanted);
        }
        return value is string text ? string.Compare(text, literal.Text, StringComparison.OrdinalIgnoreCase) : null;
    }
}
