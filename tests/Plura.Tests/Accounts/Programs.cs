using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>Programs that knock at the API, and what they are told.</summary>
internal static class Programs
{
    /// <summary>A token in the account, made by somebody (or by the command line, where null).</summary>
    public static async Task<(Guid Id, Browser Program)> Token(this TestAccount account, PluraApp app, string scopes, Guid? madeBy, int? days = null)
    {
        var (row, secret) = ApiToken.Issue(account.Id, "Website", scopes, app.Clock.GetUtcNow(), madeBy, days);
        await app.In(null, async services =>
        {
            services.GetRequiredService<PluraDb>().Add(row);
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        return (row.Id, app.With(secret));
    }

    public static Browser With(this PluraApp app, string token) => new(app) { Token = token };

    /// <summary>Calls and reads the answer: its status, the problem's code, the scope it names, the challenge.</summary>
    public static async Task<ApiAnswer> Call(this Browser program, string path = "/api/v1/campaigns", HttpMethod? method = null, object? body = null)
    {
        using var answer = await program.Send(method ?? HttpMethod.Get, path, body is null ? null : System.Net.Http.Json.JsonContent.Create(body), follow: false, accept: "application/json");
        var text = await answer.Content.ReadAsStringAsync();
        var problem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonSerializer.Deserialize<JsonElement>(text) : default;
        string? Of(string name) => problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value) ? value.GetString() : null;
        return new ApiAnswer(answer.StatusCode, Of("code"), Of("scope"), answer.Headers.WwwAuthenticate.ToString(), answer.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase), text);
    }
}

internal sealed record ApiAnswer(HttpStatusCode Status, string? Code, string? Scope, string Challenge, IReadOnlyDictionary<string, string> Headers, string Text);
