using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Privacy;
using Plura.Tests.Architecture;

namespace Plura.Tests.Privacy;

/// <summary>Every change outside an account leaves exactly one entry, in the log where it belongs, that names who did it or whom it is about.</summary>
public sealed class OutsideEntriesTests(PluraApp first)
{
    [Fact]
    public async Task Every_form_outside_an_account_leaves_exactly_one_entry_where_it_belongs()
    {
        await using var google = await OpenIdProvider.Start();
        await using var names = new LocalNames();
        await using var app = await first.Another(ScriptedPasskeys.Add, [.. google.Settings, $"--Dns:Server={names.Address}"]);
        // The other door reads the real clock, so what it needs comes first; the desks move the clock.
        var samples = new OutsideSamplesOfPeople(app, google).All.Concat(new OutsideSamples(app).All).Concat(new OutsideSamplesAtDesks(app, await OperatorStaff.At(app), names).All).ToList();
        Assert.Empty(OutsideForms.All.Keys.Except(samples.Select(s => s.Key).Concat(OutsideForms.Reasons.Keys), StringComparer.Ordinal));
        Assert.Empty(samples.Select(s => s.Key).Concat(OutsideForms.Reasons.Keys).Except(OutsideForms.All.Keys, StringComparer.Ordinal));
        var looks = app.Services.GetServices<IModule>().SelectMany(m => m.Acts).Where(a => a.Group == ActGroup.Look).Select(a => a.Act).ToHashSet(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var (name, prepare) in samples)
        {
            try
            {
                var press = await prepare();
                var before = (await Entries(app)).Select(e => e.Id).ToHashSet();
                var page = await press();
                var left = (await Entries(app)).Where(e => !before.Contains(e.Id) && !looks.Contains(e.Act)).ToList();
                if (Wrong(name, left) is { } what)
                    wrong.Add($"{name}: {what}; the page says: {(int)page.Status} {page.Errors()}");
            }
            catch (Exception error) when (error is InvalidOperationException or Xunit.Sdk.XunitException)
            {
                wrong.Add($"{name} could not be done: {error.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_entry_two_and_a_nameless_one_are_found_wrong()
    {
        var id = Guid.CreateVersion7(first.Clock.GetUtcNow());
        var right = new Entry("installation", id, "account.edit_profile", id, null);
        Assert.Null(Wrong("ProfilePage profile", [right]));
        Assert.NotNull(Wrong("ProfilePage profile", []));
        Assert.NotNull(Wrong("ProfilePage profile", [right, right]));
        Assert.NotNull(Wrong("ProfilePage profile", [right with { Actor = null }]));
        Assert.NotNull(Wrong("ProfilePage profile", [right with { Log = "account" }]));
        Assert.NotNull(Wrong("ProfilePage profile", [right with { Act = "account.leave" }]));
        Assert.NotNull(Wrong("ReviewPage decide-stop", [right with { Act = "operator.release_account" }]));
    }

    /// <summary>What is wrong about the entries that a form left; null where they are as they should be.</summary>
    private static string? Wrong(string name, List<Entry> left)
    {
        string[] logs = OutsideForms.InBoth.Contains(name) ? ["account", "installation"] : OutsideForms.InTheAccount.Contains(name) ? ["account"] : ["installation"];
        if (!left.Select(e => e.Log).Order(StringComparer.Ordinal).SequenceEqual(logs))
            return $"left {left.Count} entries: {string.Join(", ", left.Select(e => $"{e.Act} in the log of the {e.Log}"))}";
        // A stamp bears the account's word in the account, and the agency's at its desk.
        if (left.Find(e => e.Act != OutsideForms.All[name] && !(e is { Log: "account", Act: "account.stamp_snapshot" } && name == "AgencySnapshotPage stamp-snapshot")) is { } other)
            return $"is called {other.Act}";
        return left.Exists(e => e is { Actor: null, About: null }) && !OutsideForms.Nameless.ContainsKey(name) ? "names neither who did it nor whom it is about" : null;
    }

    private static async Task<List<Entry>> Entries(PluraApp app)
    {
        await app.Services.GetRequiredService<ReadLog>().Flush(CancellationToken.None);
        await using var open = await app.OpenOwner();
        return [.. (await open.Rows("select 'account', id, act, actor_id, about from privacy.audit_entry union all select 'installation', id, act, actor_id, about from privacy.operator_audit_entry"))
            .Select(r => new Entry((string)r[0]!, (Guid)r[1]!, (string)r[2]!, (Guid?)r[3], (Guid?)r[4]))];
    }

    private sealed record Entry(string Log, Guid Id, string Act, Guid? Actor, Guid? About);
}
