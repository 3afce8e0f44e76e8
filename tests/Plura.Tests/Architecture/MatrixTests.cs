using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>
/// Every door × everybody who could knock: from the route table, so that a new route is tried without anybody thinking of it. Whoever has
/// the permission gets through, whoever lacks it gets 403, and to the neighbour the account does not exist.
/// </summary>
public sealed class MatrixTests(PluraApp app)
{
    /// <summary>Routes whose things the lived-in account has none of, and where they are tried instead.</summary>
    private static readonly Dictionary<string, string> NotFilled = new(StringComparer.Ordinal)
    {
        ["/a/{account}/settings/unfinished/{id:guid}/retry"] = "work that failed: UnfinishedWorkTests",
        ["/a/{account}/settings/support/{id:guid}/end"] = "a grant that lasts: SupportGrantTests",
        ["/g/{agency}/support/{id:guid}/enter"] = "a grant that lasts: SupportGrantTests",
        ["/g/{agency}/support/{id:guid}/leave"] = "a grant that lasts: SupportGrantTests",
        ["/operator/support/{id:guid}/enter"] = "a grant that lasts: SupportGrantTests",
        ["/operator/support/{id:guid}/leave"] = "a grant that lasts: SupportGrantTests",
        ["/a/{account}/notices/{id:guid}/read"] = "a notice's id is no secret, and its row is the account's",
    };

    /// <summary>What stands in the account and must never be read by anybody else.</summary>
    private static readonly string[] Marks = ["Zanzibar Bakery", "@people.example", "Spring offer"];

    private readonly ConcurrentBag<string> wrong = [];

    [Fact]
    public async Task Every_door_opens_to_whom_it_should_and_to_nobody_else_and_a_leak_is_caught()
    {
        var leak = new Leak();
        // Dozens of people sign in from one address.
        await using var own = await app.Another(services => services.AddSingleton<IStartupFilter>(leak), "--Plura:Roles=web", "--Accounts:SignIn:TriesPerMinute=100000");
        var matrix = await Matrix.Of(own);
        var doors = EndpointRules.Ours(own.Services.GetRequiredService<EndpointDataSource>()).ToList();
        Assert.True(doors.Count > 60, $"Only {doors.Count} doors.");
        var before = await matrix.Digest();
        await Parallel.ForEachAsync(doors, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (door, _) => await Outside(matrix, door));
        var after = await matrix.Digest();
        Assert.True(before == after, "Somebody from outside changed: " + string.Join(", ", after.Split('\n').Except(before.Split('\n'), StringComparer.Ordinal)));
        await Parallel.ForEachAsync(doors, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (door, _) => await Inside(matrix, door));
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal).Take(60)));

        leak.On = true;
        var contact = doors.Single(d => EndpointRules.IsPage(d) && EndpointRules.Pattern(d).Equals("/a/{Account}/contacts/{Id:guid}", StringComparison.OrdinalIgnoreCase));
        await Outside(matrix, contact);
        Assert.Contains(wrong, w => w.Contains("another account", StringComparison.Ordinal) && w.Contains("Zanzibar", StringComparison.Ordinal));
        wrong.Clear();
        await Inside(matrix, contact);
        Assert.Contains(wrong, w => w.Contains("lacks contacts.read", StringComparison.Ordinal));
        wrong.Clear();
        leak.Desk = true;
        await Inside(matrix, doors.Single(d => EndpointRules.IsPage(d) && EndpointRules.Pattern(d).Equals("/g/{Agency}/people", StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(wrong, w => w.Contains("the agency’s admin lacks agency.people", StringComparison.Ordinal));
        Assert.Contains(wrong, w => w.Contains("admin is not at this desk", StringComparison.Ordinal));
    }

    /// <summary>Visitors, the neighbour, and the neighbour who brings our ids into their own account.</summary>
    private async Task Outside(Matrix matrix, RouteEndpoint door)
    {
        if (door.Metadata.GetMetadata<PublicAttribute>() is not null)
            return;
        var pattern = EndpointRules.Pattern(door);
        var api = pattern.StartsWith("/api/", StringComparison.Ordinal);
        if (door.Metadata.GetMetadata<PermissionAttribute>() is not null && !NotFilled.ContainsKey(pattern.ToLowerInvariant()))
        {
            foreach (var parameter in matrix.Home.Unfilled(door))
                wrong.Add($"{pattern}: LivedIn has nothing for {{{parameter}}}");
        }

        var ids = door.RoutePattern.Parameters.Any(p => !LivedIn.IsPlace(p.Name));
        foreach (var (method, path) in Tries(matrix, door, everything: true))
        {
            var visitor = await matrix.Knock(matrix.Visitor, method, path, api ? "{}" : null);
            if (api ? visitor.Status != 401 : !visitor.AsksToSignIn)
                wrong.Add($"{method} {path}: a visitor got {visitor.Status} {visitor.Location}");
            if (door.Metadata.GetMetadata<PermissionAttribute>() is null)
                continue;
            if (api)
            {
                // Without an id of ours in it the address is as good as their own.
                await Closed(matrix.StrangersToken, method, path, mustBeMissing: ids);
                continue;
            }

            await Closed(matrix.Stranger, method, path, mustBeMissing: true);
            if (ids && path.Contains($"/a/{matrix.Account.Slug}/", StringComparison.Ordinal))
                await Closed(matrix.Stranger, method, path.Replace($"/a/{matrix.Account.Slug}/", $"/a/{matrix.Neighbour.Slug}/", StringComparison.Ordinal), mustBeMissing: true);
        }

        async Task Closed(Caller caller, string method, string path, bool mustBeMissing)
        {
            var got = await matrix.Knock(caller, method, path, api ? "{}" : null);
            // Asked to change something, a door may find the asking itself wrong first.
            var missing = got.Status == 404 || (method != "GET" && got.Status is 400 or 409 or 415 or 422);
            if (got.Status >= 500 || (mustBeMissing && !missing))
                wrong.Add($"{method} {path}: {caller.Name} got {got.Status} {got.Location}");
            foreach (var mark in Marks.Where(m => got.Body.Contains(m, StringComparison.Ordinal)))
                wrong.Add($"{method} {path}: {caller.Name} read “{mark}”");
        }
    }

    /// <summary>The account's own people and programs: through with the permission, 403 without.</summary>
    private async Task Inside(Matrix matrix, RouteEndpoint door)
    {
        if (door.Metadata.GetMetadata<PermissionAttribute>()?.Name is not { } permission)
            return;
        if (!matrix.Only.ContainsKey(permission))
        {
            await AtDesk(matrix, door, permission);
            return;
        }

        var api = EndpointRules.Pattern(door).StartsWith("/api/", StringComparison.Ordinal);
        var other = matrix.Only.Keys.First(p => p != permission && p != "account.use");
        Caller[] callers = api
            ? [matrix.Tokens[permission], matrix.Tokens[other], matrix.NoScope]
            : [.. matrix.Roles, matrix.Only[permission], matrix.Only[other]];
        foreach (var caller in callers)
        {
            var may = caller.May!.Contains(permission);
            // Whoever may not is stopped before anything happens, so they try the real thing; whoever may asks for what is not there.
            foreach (var (method, path) in Tries(matrix, door, everything: !may))
            {
                var got = await matrix.Knock(caller, method, path, api && method is "POST" or "PUT" or "PATCH" ? "{\"" : null);
                if (may && (got.Refused || got.AsksToSignIn || got.Status is 401 or >= 500))
                    wrong.Add($"{method} {path}: {caller.Name} has {permission} and got {got.Status} {got.Location}");
                if (!may && !got.Refused)
                    wrong.Add($"{method} {path}: {caller.Name} lacks {permission} and got {got.Status} {got.Location}");
            }
        }
    }

    /// <summary>A desk's own people: through with the permission, 403 without; to whoever only works in an account, or at another desk, it does not exist.</summary>
    private async Task AtDesk(Matrix matrix, RouteEndpoint door, string permission)
    {
        var pattern = EndpointRules.Pattern(door);
        if (matrix.Desks.FirstOrDefault(d => pattern.StartsWith(d.Key + "/", StringComparison.OrdinalIgnoreCase) || pattern.Equals(d.Key, StringComparison.OrdinalIgnoreCase)) is not { Key: { } desk, Value: { } staff })
        {
            wrong.Add($"{pattern} asks for {permission}, which belongs to no desk that the matrix knows");
            return;
        }

        IEnumerable<Caller> strangers = [matrix.Roles[1], .. matrix.Desks.Where(d => d.Key != desk).SelectMany(d => d.Value).Where(c => staff.TrueForAll(s => s.Cookies != c.Cookies))];
        foreach (var caller in staff.Concat(strangers.Select(s => s with { May = null })))
        {
            var may = caller.May?.Contains(permission) == true;
            foreach (var (method, path) in Tries(matrix, door, everything: !may))
            {
                var got = await matrix.Knock(caller, method, path);
                if (may && (got.Refused || got.AsksToSignIn || got.Status is 401 or >= 500))
                    wrong.Add($"{method} {path}: {caller.Name} has {permission} and got {got.Status} {got.Location}");
                if (caller.May is not null && !may && !got.Refused)
                    wrong.Add($"{method} {path}: {caller.Name} lacks {permission} and got {got.Status} {got.Location}");
                if (caller.May is null && got.Status != 404)
                    wrong.Add($"{method} {path}: {caller.Name} is not at this desk and got {got.Status} {got.Location}");
            }
        }
    }

    /// <param name="matrix">Whose things stand in the addresses.</param>
    /// <param name="door">The route.</param>
    /// <param name="everything">Also what changes something with our real ids; else those have ids that nobody has.</param>
    private static IEnumerable<(string Method, string Path)> Tries(Matrix matrix, RouteEndpoint door, bool everything)
    {
        foreach (var method in EndpointRules.Methods(door).Where(m => m != "HEAD"))
        {
            foreach (var path in everything || method == "GET" ? matrix.Home.Paths(door).Take(method == "GET" ? 4 : 1) : [EndpointRules.Path(door, matrix.Account.Slug)])
                yield return (method, path);
        }
    }

    /// <summary>A door that somebody forgot to close: stands before all others, as a mistake in the pipeline would.</summary>
    private sealed class Leak : IStartupFilter
    {
        public bool On { get; set; }

        public bool Desk { get; set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) => (On && (http.Request.Path.Value ?? "").Contains("/contacts/", StringComparison.Ordinal)) || (Desk && http.Request.Path.StartsWithSegments("/g", StringComparison.Ordinal))
                ? http.Response.WriteAsync("Everything about Zanzibar Bakery") : rest(http));
            next(app);
        };
    }
}
