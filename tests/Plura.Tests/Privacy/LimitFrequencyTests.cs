using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

public sealed class LimitFrequencyTests(PluraApp app)
{
    [Fact]
    public async Task A_limit_set_on_the_page_holds_at_the_gate_and_can_be_lifted()
    {
        var account = await app.NewAccount();
        var inside = await account.SignIn();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);

        var saved = await (await inside.Get(account.Page("settings/frequency"))).Submit("main form", new { Messages = "1", Days = "7" });

        Assert.Equal("1", saved.Find("[name='Command.Messages']").GetAttribute("value"));
        Assert.Equal("allow", (await account.Asks(Consents.Question(person))).Outcome);
        Assert.Equal("frequency", (await account.Asks(Consents.Question(person))).Decisive?.Rule);

        await saved.Submit("main form", new { Messages = "", Days = "" });
        Assert.Equal(0L, await account.Ask<long>("select count(*) from privacy.gate_setting"));
        Assert.Equal(2L, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'privacy.limit_frequency'"));
    }

    [Theory]
    [InlineData("3", "", "Days")]
    [InlineData("", "7", "Messages")]
    [InlineData("0", "7", "Messages")]
    [InlineData("3", "366", "Days")]
    [InlineData("many", "7", "Messages")]
    public async Task Half_a_limit_or_an_impossible_one_is_refused_beside_its_field_and_nothing_typed_is_lost(string messages, string days, string field)
    {
        var account = await app.NewAccount();
        var inside = await account.SignIn();

        var page = await (await inside.Get(account.Page("settings/frequency"))).Submit("main form", new { Messages = messages, Days = days });

        Assert.Equal("true", page.Find($"[name='Command.{field}']").GetAttribute("aria-invalid"));
        Assert.Equal(messages, page.Find("[name='Command.Messages']").GetAttribute("value") ?? "");
        Assert.Equal(days, page.Find("[name='Command.Days']").GetAttribute("value") ?? "");
        Assert.Equal(0L, await account.Ask<long>("select count(*) from privacy.gate_setting"));
    }
}
