using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PasswordOps.Tests;

/// <summary>The texts for people that stand in the source: what is given to Text.Of, and the labels of cards.</summary>
internal sealed class SourceTexts
{
    private static readonly string[] Projects =
    {
        "PasswordOps.Core", "PasswordOps.Graph", "PasswordOps.OnPremises", "PasswordOps.Files", "PasswordOps",
    };

    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    private readonly List<string> malformed = new();

    private SourceTexts()
    {
    }

    /// <summary>Key and the place where it stands first.</summary>
    public IReadOnlyDictionary<string, string> Keys => keys;

    /// <summary>Places where something else than an interpolated string, or a sum of them, is given.</summary>
    public IReadOnlyList<string> Malformed => malformed;

    public static SourceTexts Read()
    {
        SourceTexts texts = new();
        foreach (string file in Projects.SelectMany(project => Repository.Sources("src", project)))
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(File.ReadAllText(file));
            foreach (InvocationExpressionSyntax call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                texts.Take(call, $"{Path.GetFileName(file)}:{tree.GetLineSpan(call.Span).StartLinePosition.Line + 1}");
            }
        }

        return texts;
    }

    private void Take(InvocationExpressionSyntax call, string place)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: ExpressionSyntax owner } member
            || member.Name.Identifier.Text != "Of")
        {
            return;
        }

        switch (owner.ToString().Split('.').Last())
        {
            case "Text":
                if (Key(call.ArgumentList.Arguments.Single().Expression) is string key)
                {
                    keys.TryAdd(key, place);
                }
                else
                {
                    malformed.Add(place);
                }

                break;
            case "Card":
                foreach (string label in call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<TupleExpressionSyntax>()
                    .Select(tuple => tuple.Arguments[0].Expression).OfType<LiteralExpressionSyntax>()
                    .Select(label => label.Token.ValueText))
                {
                    keys.TryAdd(label, place);
                }

                break;
        }
    }

    // As Phrase gathers it: values are {0}, {1} ... in their order, braces of the text are doubled.
    private static string? Key(ExpressionSyntax expression)
    {
        StringBuilder key = new();
        int values = 0;
        foreach (ExpressionSyntax piece in Pieces(expression))
        {
            if (piece is not InterpolatedStringExpressionSyntax text || text.StringStartToken.Text != "$\"")
            {
                return null;
            }

            foreach (InterpolatedStringContentSyntax content in text.Contents)
            {
                key.Append(content is InterpolatedStringTextSyntax literal
                    ? ((LiteralExpressionSyntax)SyntaxFactory.ParseExpression($"\"{literal.TextToken.Text}\"")).Token.ValueText
                    : $"{{{values++}}}");
            }
        }

        return key.ToString();
    }

    private static IEnumerable<ExpressionSyntax> Pieces(ExpressionSyntax expression) =>
        expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum
            ? Pieces(sum.Left).Append(sum.Right)
            : new[] { expression };
}
