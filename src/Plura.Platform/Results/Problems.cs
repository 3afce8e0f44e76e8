using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Plura.Platform;

/// <summary>The one place where a refusal becomes an HTTP answer (RFC 9457 problem details with a stable <c>code</c>).</summary>
public static class Problems
{
    public static int Status(this Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Limit => StatusCodes.Status429TooManyRequests,
        RefusalKind.NotConsented => StatusCodes.Status422UnprocessableEntity,
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };

    public static IResult Problem(this Refusal refusal)
    {
        var details = new ProblemDetails
        {
            Status = refusal.Status(),
            Title = refusal.Text,
            Type = "about:blank",
            Extensions = { ["code"] = refusal.Code, ["traceId"] = Activity.Current?.TraceId.ToString() },
        };
        if (refusal.Fields.Count > 0)
            details.Extensions["errors"] = refusal.Fields.ToDictionary(f => Camel(f.Key), f => f.Value, StringComparer.Ordinal);
        if (refusal.About is { } about)
            details.Extensions["about"] = about;
        return Microsoft.AspNetCore.Http.Results.Problem(details);
    }

    public static IResult Answer(this Result result, int status = StatusCodes.Status204NoContent) =>
        result.Refusal is { } refusal ? refusal.Problem() : Microsoft.AspNetCore.Http.Results.StatusCode(status);

    public static IResult Answer<T>(this Result<T> result, Func<T, IResult> answer) =>
        result.Refusal is { } refusal ? refusal.Problem() : answer(result.Value);

    /// <summary>What was changed, read anew.</summary>
    public static async Task<IResult> AnswerWith<T>(this Result result, Func<Task<T>> read) =>
        result.Refusal is { } refusal ? refusal.Problem() : Microsoft.AspNetCore.Http.Results.Ok(await read());

    /// <summary>The same, where the answer of the change itself is not wanted.</summary>
    public static Task<IResult> AnswerWith<TDone, T>(this Result<TDone> result, Func<Task<T>> read) => (result.Refusal is { } refusal ? refusal : Result.Done).AnswerWith(read);

    private static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
