using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Plura.Platform.Outbox;

/// <summary>
/// Why a try failed, as it is kept and shown. An exception's message may quote what it stumbled over, so it stays in the log; here stand
/// type names, PostgreSQL's code and the place in our code, which hold nobody's data.
/// </summary>
/// <param name="Code">A stable word: <c>database</c>, <c>file</c>, <c>network</c>, <c>time</c>, <c>interrupted</c>, <c>unknown_work</c>, <c>fault</c>.</param>
/// <param name="Detail">For whoever repairs it.</param>
public sealed record Failure(string Code, string Detail)
{
    private const string Separator = " | ";

    /// <summary>Nothing was thrown: the process was gone each time, so that the work itself may be what ends it.</summary>
    public static Failure Interrupted { get; } = new("interrupted", "the process ended before the work did");

    /// <summary>A sentence for the account's people.</summary>
    public string Words => Code switch
    {
        "database" => "The database did not answer, or it was too busy.",
        "file" => "A file could not be read or written on the server.",
        "network" => "Another server could not be reached.",
        "time" => "It took too long.",
        "interrupted" => "The program was stopped each time while it was at it.",
        "unknown_work" => "This version of the program does not know this kind of work.",
        _ => "Something went wrong in the program itself.",
    };

    public static Failure Of(Exception error)
    {
        var chain = Chain(error).ToList();
        return new Failure(CodeOf(chain), string.Join(" > ", chain.Select(Name)) + (Place(error) is { } place ? " in " + place : ""));
    }

    /// <summary>No failure: a person pressed something, or another job wrote, while this work was at it.</summary>
    public static bool WasOvertaken(Exception error) => Chain(error).Any(e =>
        e is DbUpdateConcurrencyException or PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected });

    public static Failure Read(string stored) => stored.Split(Separator, 2) is [var code, var detail] ? new Failure(code, detail) : new Failure("fault", stored);

    public override string ToString() => Code + Separator + Detail;

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            yield return error;
    }

    private static string CodeOf(List<Exception> chain) => chain switch
    {
        _ when chain.Exists(e => e is UnknownWorkException or JsonException) => "unknown_work",
        _ when chain.Exists(e => e is PostgresException { IsTransient: false }) => "fault",
        _ when chain.Exists(e => e is NpgsqlException) => "database",
        _ when chain.Exists(e => e is HttpRequestException or SocketException) => "network",
        _ when chain.Exists(e => e is TimeoutException or OperationCanceledException) => "time",
        _ when chain.Exists(e => e is IOException or UnauthorizedAccessException) => "file",
        _ => "fault",
    };

    private static string Name(Exception error) => error is PostgresException refused
        ? string.Join(' ', ((string?[])[nameof(PostgresException), refused.SqlState, refused.ConstraintName]).OfType<string>())
        : error.GetType().Name;

    /// <summary>The innermost of our own methods, as <c>Plura.Contacts.ImportRun.Write</c>.</summary>
    private static string? Place(Exception error)
    {
        foreach (var frame in new StackTrace(Chain(error).Last()).GetFrames().Concat(new StackTrace(error).GetFrames()))
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method || method.DeclaringTypeName?.StartsWith("Plura.", StringComparison.Ordinal) != true)
                continue;
            // An async method's code stands in a class of the compiler's: Plura.Contacts.ImportRun+<Write>d__12.
            var (type, inner) = (method.DeclaringTypeName.Split('+')[0], method.DeclaringTypeName.Split('<', '>'));
            return $"{type}.{(inner.Length > 1 && inner[1].Length > 0 ? inner[1] : method.Name)}";
        }

        return null;
    }
}

/// <summary>A message of a kind that this version does not know.</summary>
public sealed class UnknownWorkException(string message) : Exception(message);
