using Scriban;
using Scriban.Syntax;

namespace Plura.Messaging;

/// <summary>A stretch of a template: text that is always the same, or a field with what stands in when it is empty.</summary>
public sealed record Piece(string? Literal, IReadOnlyList<string> Path, string Fallback, FieldContext Context)
{
    public string Print(MergeScope scope)
    {
        if (Literal is not null)
            return Literal;
        var value = FieldEncoding.Text(scope.Find(Path));
        return FieldEncoding.Encode(value.Length == 0 ? Fallback : value, Context);
    }
}

/// <summary>Reads a parsed template as pieces; answers null as soon as it meets anything but text and plain fields.</summary>
internal static class PieceReader
{
    public static IReadOnlyList<Piece>? Read(Template template, Func<int, FieldContext> contextAt)
    {
        var pieces = new List<Piece>();
        foreach (var statement in template.Page!.Body!.Statements)
        {
            switch (statement)
            {
                case ScriptRawStatement raw:
                    pieces.Add(new Piece(raw.Text.ToString(), [], "", FieldContext.Plain));
                    break;
                case ScriptEscapeStatement:
                    break;
                case ScriptExpressionStatement { Expression: { } expression } when Field(expression, contextAt) is { } field:
                    pieces.Add(field);
                    break;
                default:
                    return null;
            }
        }

        return pieces;
    }

    private static Piece? Field(ScriptExpression expression, Func<int, FieldContext> contextAt)
    {
        var (value, fallback) = expression is ScriptPipeCall { From: { } from, To: ScriptFunctionCall call }
            ? (from, Default(call))
            : (expression, "");
        return fallback is not null && Path(value) is { } path
            ? new Piece(null, path, fallback, contextAt(expression.Span.Start.Offset))
            : null;
    }

    private static string? Default(ScriptFunctionCall call) =>
        call is { Target: ScriptVariable { Name: "default" }, Arguments: [ScriptLiteral { Value: string text }] } ? text : null;

    private static string[]? Path(ScriptExpression? expression) => expression switch
    {
        ScriptVariableGlobal variable => [variable.Name],
        ScriptMemberExpression { Target: { } target, Member: { } member } when Path(target) is { } start => [.. start, member.Name],
        ScriptIndexerExpression { Target: { } target, Index: ScriptLiteral { Value: string name } } when Path(target) is { } start => [.. start, name],
        _ => null,
    };
}
