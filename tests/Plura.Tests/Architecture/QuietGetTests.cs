using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plura.Tests.Architecture;

/// <summary>Scanners, prefetchers and mail programs follow every link before a person does: looking must change nothing.</summary>
public sealed class QuietGetTests(PluraApp app)
{
    /// <summary>Rows that note the visit itself, not a change of anything: the session's and the token's last use.</summary>
    private static readonly string[] Footprints = ["accounts.session", "accounts.api_token"];

    private const string Watch = """
        create schema watch;
        create table watch.change (name text, act text);
        create function watch.note() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
        begin insert into watch.change values (tg_table_schema || '.' || tg_table_name, tg_op); return null; end $$;
        do $$ declare t record; begin
            for t in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'watch') loop
                execute format('create trigger zz_watch after insert or update or delete on %s for each row execute function watch.note()', t.name);
            end loop;
        end $$;
        """;

    [Fact]
    public async Task Get_and_head_change_nothing()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var inside = await account.SignIn();
        await using var owner = await own.OpenOwner();
        await owner.Do(Watch);
        var loud = new List<string>();
        var asked = 0;
        foreach (var endpoint in EndpointRules.Ours(own.Services.GetRequiredService<EndpointDataSource>()).Where(e => EndpointRules.Methods(e).Contains("GET")))
        {
            var path = EndpointRules.Path(endpoint, account.Slug);
            if (path.EndsWith("/live", StringComparison.Ordinal) || path == "/live")
                continue;   // A stream that stays open.
            var browser = path.StartsWith("/api/", StringComparison.Ordinal) ? account.Api : inside;
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                using var answer = await browser.Send(method, path, follow: false);
                asked++;
                var changed = (await owner.Rows("delete from watch.change returning name || ' ' || act")).Select(r => (string)r[0]!).Where(c => !Footprints.Contains(c.Split(' ')[0], StringComparer.Ordinal)).Distinct().ToList();
                if (changed.Count > 0)
                    loud.Add($"{method} {path}: {string.Join(", ", changed)}");
            }
        }

        Assert.True(asked > 20, $"Only {asked} requests were made.");
        Assert.True(loud.Count == 0, string.Join('\n', loud));
    }

    [Fact]
    public async Task A_change_is_noticed()
    {
        await using var own = await app.Another();
        await using var owner = await own.OpenOwner();
        await owner.Do(Watch);
        await own.NewAccount();
        Assert.True(await owner.Ask<long>("select count(*) from watch.change where name = 'accounts.account'") > 0);
    }
}
