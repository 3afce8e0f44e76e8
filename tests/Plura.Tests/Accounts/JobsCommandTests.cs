using System.Text.Json;
using Plura.Tests.Contacts;

namespace Plura.Tests;

/// <summary><c>bin/plura jobs</c>, beside a running host that has no worker.</summary>
public sealed class JobsCommandTests(PluraApp first)
{
    [Fact]
    public async Task Says_what_waits_and_what_failed_and_has_it_tried_again()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount("Harbour Street Dental");
        await app.FillDisk("messaging.send");
        await account.AskForLetter();
        await app.AskForLetter(account.OwnerId);
        await app.TryUntilGivenUp();
        // An import waits to be run, and its files wait for thirty days. The owner is told of the letter that failed, by mail too.
        await new ImportDesk(account).Send("E-Mail\nann@people.example\n"u8.ToArray(), name: "ann of people.csv");

        var says = await Jobs(app, "jobs");
        Assert.Equal((3, 2, 0, 2), (Number(says, "waiting"), Number(says, "due"), Number(says, "running"), Number(says, "dead")));
        Assert.True(Number(says, "oldestWaitingSeconds") >= 0);
        Assert.Equal(["ImportContactsJob 1 1 0 0", "RemoveImportFilesJob 1 0 0 0", "SendSystemLetter 1 1 0 2"], says.GetProperty("kinds").EnumerateArray()
            .Select(k => $"{k.GetProperty("kind")} {Number(k, "waiting")} {Number(k, "due")} {Number(k, "running")} {Number(k, "dead")}"));
        var failed = says.GetProperty("failed").EnumerateArray().ToList();
        Assert.Equal([account.Slug, null], failed.Select(f => f.GetProperty("account").GetString()).OrderBy(slug => slug is null));
        Assert.All(failed, f => Assert.Equal(("SendSystemLetter", 8, "The database did not answer, or it was too busy."), (f.GetProperty("kind").GetString(), Number(f, "tries"), f.GetProperty("reason").GetString())));
        Assert.All(failed, f => Assert.InRange(f.GetProperty("at").GetDateTimeOffset(), app.Clock.GetUtcNow().AddHours(-1), app.Clock.GetUtcNow()));
        foreach (var secret in (string[])["people.example", "ann of people", account.OwnerId.ToString(), "payload"])
            Assert.DoesNotContain(secret, says.ToString(), StringComparison.OrdinalIgnoreCase);

        await app.MakeRoom();
        var one = await Jobs(app, "jobs", "retry", "--id", failed.Single(f => f.GetProperty("account").GetString() is null).GetProperty("id").GetString()!);
        Assert.Equal((1, 1), (Number(one, "retried"), Number(one, "done")));
        Assert.Equal(1, Number(await Jobs(app, "jobs"), "dead"));
        var all = await Jobs(app, "jobs", "retry", "--all");
        Assert.Equal((1, 1), (Number(all, "retried"), Number(all, "done")));
        Assert.Equal(2, await app.Ask<long>("select count(*) from messaging.send where origin = 'system'"));
        // What had not failed was left to the workers.
        Assert.Equal((3, 0), (Number(await Jobs(app, "jobs"), "waiting"), Number(await Jobs(app, "jobs"), "dead")));
    }

    [Fact]
    public async Task What_fails_again_waits_for_its_next_try_with_its_reason()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await app.FillDisk("messaging.send");
        await account.AskForLetter();
        await app.TryUntilGivenUp();
        var again = await Jobs(app, "jobs", "retry", "--all");
        Assert.Equal((1, 0), (Number(again, "retried"), Number(again, "done")));
        Assert.Equal("The database did not answer, or it was too busy.", Assert.Single(again.GetProperty("waiting").EnumerateArray()).GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("Say which: --id <id>, or --all.")]
    [InlineData("'seven' is not an id. bin/plura jobs lists them.", "--id", "seven")]
    [InlineData("No failed job has the id 01999999-0000-7000-8000-000000000000. bin/plura jobs lists them.", "--id", "01999999-0000-7000-8000-000000000000")]
    public async Task A_retry_of_nothing_is_refused_in_a_sentence(string says, params string[] options)
    {
        var run = await ProductRun.Here(first, ["jobs", "retry", .. options]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(says, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    private static async Task<JsonElement> Jobs(PluraApp app, params string[] words)
    {
        var run = await ProductRun.Here(app, words);
        Assert.True(run.ExitCode == 0, run.Errors);
        return JsonSerializer.Deserialize<JsonElement>(Assert.Single(run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private static int Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();
}
