using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>What an account owns leaves with its owner, and goes with its end: no table and no column is forgotten.</summary>
public sealed class AccountPartTests(PluraApp app)
{
    [Fact]
    public async Task Every_table_of_an_account_stands_in_exactly_one_part_or_is_left_out_with_a_reason() =>
        await With((model, parts) => Assert.Empty(Forgotten(model, parts)));

    [Fact]
    public async Task Every_column_is_taken_out_or_left_out_with_a_reason() => await With((model, parts) => Assert.Empty(ForgottenColumns(model, parts)));

    [Fact]
    public async Task A_table_or_a_column_that_was_forgotten_is_found() => await With((model, parts) =>
    {
        var without = parts.Where(p => p.Folder != "contacts").ToList();
        Assert.Contains(Forgotten(model, without), f => f.StartsWith("Contact:", StringComparison.Ordinal));
        var contacts = parts.Single(p => p.Folder == "contacts");
        Assert.Contains(Forgotten(model, [.. parts, contacts]), f => f == "Contact: stands in 2 parts");
        var less = new Less(contacts.Tables.Single(t => t.Name == "contacts"));
        Assert.Equal(["Contact.Company is in no file"], ForgottenColumns(model, [less]));
    });

    [Fact]
    public async Task Every_table_of_an_account_goes_with_it_or_says_why_not()
    {
        await using var owner = await app.OpenOwner();
        var goes = (await owner.Rows("select relation::text from platform.tenant_table")).ConvertAll(r => (string)r[0]!).ToHashSet(StringComparer.Ordinal);
        await With((model, _) =>
        {
            var stays = Owned(model).Select(e => $"{e.GetSchema()}.{e.GetTableName()}").Where(t => !goes.Contains(t)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            Assert.Equal(["accounts.acceptance", "accounts.account_closure", "privacy.ended_chain"], stays);
        });
    }

    private static IEnumerable<IEntityType> Owned(IModel model) => model.GetEntityTypes().Where(e => !e.IsOwned() && TableRows.KeyOf(e) is not null);

    private static List<string> Forgotten(IModel model, IReadOnlyList<IAccountPart> parts)
    {
        var named = parts.SelectMany(p => p.Tables.Select(t => t.Entity).Concat(p.LeftOut.Where(l => l.Value.Length > 10).Select(l => l.Key))).ToList();
        return [.. Owned(model).Select(e => (e.ClrType.Name, Times: named.Count(n => n == e.ClrType))).Where(e => e.Times != 1).Select(e => e.Times == 0 ? $"{e.Name}: stands in no part" : $"{e.Name}: stands in {e.Times} parts")];
    }

    private static List<string> ForgottenColumns(IModel model, IReadOnlyList<IAccountPart> parts)
    {
        var wrong = new List<string>();
        foreach (var table in parts.SelectMany(p => p.Tables))
        {
            var entity = model.FindEntityType(table.Entity)!;
            var said = table.Columns.Where(c => c.Meaning.Length > 0).Select(c => c.Property).Concat(table.Without.Where(w => w.Why.Length > 0).Select(w => w.Property)).ToList();
            var stored = entity.GetProperties().Select(p => p.Name).Where(p => p != (table.Key is null ? TableRows.KeyOf(entity) : "")).ToList();
            wrong.AddRange(stored.Except(said, StringComparer.Ordinal).Select(p => $"{table.Entity.Name}.{p} is in no file"));
            wrong.AddRange(said.Except(stored, StringComparer.Ordinal).Select(p => $"{table.Entity.Name} has no {p}"));
            wrong.AddRange(said.GroupBy(p => p, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{table.Entity.Name}.{g.Key} stands twice"));
        }

        return wrong;
    }

    private Task With(Action<IModel, IReadOnlyList<IAccountPart>> look) => app.In(Guid.CreateVersion7(app.Clock.GetUtcNow()), services =>
    {
        look(services.GetRequiredService<PluraDb>().Model, [.. services.GetServices<IAccountPart>()]);
        return Task.CompletedTask;
    });

    /// <summary>The contacts without their company.</summary>
    private sealed class Less(TakenTable contacts) : IAccountPart
    {
        public string Folder => "less";

        public IReadOnlyList<TakenTable> Tables { get; } = [contacts with { Columns = [.. contacts.Columns.Where(c => c.Property != "Company")] }];
    }
}
