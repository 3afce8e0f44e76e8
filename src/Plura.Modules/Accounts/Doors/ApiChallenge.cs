using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Plura.Accounts;

/// <summary>
/// How the API refuses a token: problem details with a stable code, and what RFC 6750 says in <c>WWW-Authenticate</c>, so that a
/// program knows without reading words whether to fetch a new token, ask for a scope, or give up.
/// </summary>
internal static class ApiChallenge
{
    private const string Realm = "Bearer realm=\"PluraOS\"";

    /// <summary>Nothing was sent: no error by RFC 6750, only how to come in.</summary>
    public static IResult Missing(HttpContext http) => Answer(http, StatusCodes.Status401Unauthorized, Realm, "token.missing", "Send your token: Authorization: Bearer pit-…");

    public static IResult Refuse(HttpContext http, string code, string why) =>
        Answer(http, StatusCodes.Status401Unauthorized, $"{Realm}, error=\"invalid_token\", error_description=\"{code}\"", code, why);

    public static IResult Scope(HttpContext http, string code, string scope, string why) =>
        Answer(http, StatusCodes.Status403Forbidden, $"{Realm}, error=\"insufficient_scope\", error_description=\"{code}\", scope=\"{scope}\"", code, why, scope);

    private static IResult Answer(HttpContext http, int status, string challenge, string code, string why, string? scope = null)
    {
        http.Response.Headers.WWWAuthenticate = challenge;
        var more = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code, ["traceId"] = Activity.Current?.TraceId.ToString() };
        if (scope is not null)
            more["scope"] = scope;
        return Results.Problem(statusCode: status, title: why, extensions: more);
    }
}
