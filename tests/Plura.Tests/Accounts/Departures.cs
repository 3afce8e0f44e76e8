using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;

namespace Plura.Tests;

/// <summary>The end of people: the hourly rounds, and where a word about somebody still stands.</summary>
internal static class Departures
{
    public static async Task<int> DropSignUps(this PluraApp app)
    {
        await app.TellTheDatabase();
        return await app.Services.GetRequiredService<PeopleEnd>().DropSignUps(default);
    }

    public static async Task<int> EndAgencies(this PluraApp app)
    {
        await app.TellTheDatabase();
        return await app.Services.GetRequiredService<PeopleEnd>().EndAgencies(default);
    }

    public static async Task<int> ForgetPeople(this PluraApp app)
    {
        await app.TellTheDatabase();
        return await app.Services.GetRequiredService<PeopleEnd>().Forget(default);
    }

    /// <summary>The tables in which a row has these words, the developer's mailbox apart.</summary>
    public static async Task<string> Mentions(this PluraApp app, string words)
    {
        await using var open = await app.OpenOwner();
        var found = new List<string>();
        foreach (var row in await open.Rows("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'dev') order by 1"))
        {
            if (await open.Ask<bool>($"select exists (select from {row[0]} t where position(lower($1) in lower(t::text)) > 0)", words))
                found.Add((string)row[0]!);
        }

        return string.Join(", ", found);
    }

    public static async Task<bool> Knows(this PluraApp app, Guid person) => await app.Ask<bool>("""select exists (select from accounts."user" where id = $1)""", person);
}
