using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Tests.Campaigns;
using Plura.Tests.Opportunities;
using Plura.Tests.Sites;

namespace Plura.Tests;

/// <summary>An account with one of everything that travels in a snapshot, and with people who do not.</summary>
internal static class SnapshotDesk
{
    public static async Task Furnish(this TestAccount account, PluraApp app)
    {
        await account.Person("Ann", tag: "VIP");
        await account.Letter(audience: new { tags = new[] { "VIP" } }, subject: "Ready to send");
        await account.Letter(subject: "Ready to send");
        await account.Form(doubleOptIn: true);
        await account.Pipeline();
        await account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            var now = app.Clock.GetUtcNow();
            var worth = CustomField.New("worth", "Worth", CustomField.Money, "", 3, now).For(CustomField.OnOpportunities, "EUR");
            worth.Rule("Money", required: true, unique: false, FieldPrivacy.Sensitive);
            var number = CustomField.New("number", "Customer number", CustomField.Text, "", 1, now).For(CustomField.OnCompanies, "");
            number.Rule("", required: false, unique: true, FieldPrivacy.Nothing);
            db.AddRange(worth, number, CustomField.New("shoe_size", "Shoe size", CustomField.Number, "", 1, now), CustomField.New("plan", "Plan", CustomField.Choice, "Gold\nSilver", 2, now));
            await db.SaveChangesAsync();
            await services.GetRequiredService<KeepListHandler>().Handle(new KeepList { Name = "Very important", Filter = new Condition("tag", "is", "VIP"), Columns = ["city", "fields.plan"], Sort = "name" }, default);
            await services.GetRequiredService<KeepListHandler>().Handle(new KeepList { Name = "Just Ann", Filter = new Condition("email", "is", "ann@people.example") }, default);
            services.GetRequiredService<Actor>().BecomeSystem("test");
            await services.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Helper", Permissions = ["contacts.read", "contacts.edit"] }, default);
            await services.GetRequiredService<KeepTeamHandler>().Handle(new KeepTeam { Name = "Front desk", Members = [account.OwnerId] }, default);
            await services.GetRequiredService<KeepMappingHandler>().Handle(new KeepMapping { Name = "Till", Columns = [new KeptColumn("Mail", "email")] }, default);
            await services.GetRequiredService<TellApartHandler>().Handle(new TellApart { AllowDuplicates = true, MatchFirst = "phone" }, default);
            await services.GetRequiredService<Plura.Privacy.LimitFrequencyHandler>().Handle(new Plura.Privacy.LimitFrequency { Messages = "3", Days = "7" }, default);
        });
    }

    /// <summary>The account's set-up now, as the file says it.</summary>
    public static Task<string> SetUpText(this TestAccount account) => account.In(async services => (await SetUp.Of(services.GetServices<ISnapshotPart>(), default)).Text());

    /// <summary>Stamps a file on the account, by somebody who may do everything.</summary>
    public static Task<StampReport> Put(this TestAccount account, string text, bool tryOnly = false, params string[] may) => account.In(async services =>
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        services.GetRequiredService<Actor>().Become(ActorKind.User, account.OwnerId, "Olivia Owner", may.Length == 0 ? ["*"] : may);
        var read = SetUp.Parse(text, services.GetServices<ISnapshotPart>());
        return await services.GetRequiredService<Stamp>().Do(read.Value, Guid.CreateVersion7(now), "Test", tryOnly, default);
    });
}
