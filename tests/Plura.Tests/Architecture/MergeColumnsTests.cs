using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>When two contacts become one, no column that refers to a contact is forgotten.</summary>
public sealed class MergeColumnsTests(PluraApp app)
{
    /// <summary>Columns of modules to the left of Contacts, which cannot see its contracts, and why they stay.</summary>
    private static readonly Dictionary<string, string> Stay = new(StringComparer.Ordinal)
    {
        ["privacy.consent_event.subject_id"] = "the ledger is never rewritten; permissions are found by address, and those come along",
        ["privacy.consent_member.contact_id"] = "the same",
        ["privacy.decision.contact_id"] = "whom a decision concerned then; it is found by its message, and that comes along",
    };

    private static readonly string[] Names = ["ContactId", "ContactPointId", "SubjectId", "LoserId", "WinnerId", "FirstId", "SecondId", "WaitsFor"];

    [Fact]
    public async Task Every_column_that_refers_to_a_contact_is_seen_to_by_exactly_one_module() => await With((model, modules) =>
    {
        var named = modules.SelectMany(m => m.Columns.Keys).Concat(Stay.Keys).ToList();
        Assert.Empty(Referring(model).Except(named, StringComparer.Ordinal));
        Assert.Empty(named.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(named.Except(Every(model), StringComparer.Ordinal));
        Assert.Equal(modules.Count, modules.Select(m => m.Name).Distinct(StringComparer.Ordinal).Count());
    });

    [Fact]
    public async Task A_module_that_is_left_out_is_missed() => await With((model, modules) =>
    {
        var fewer = modules.Where(m => m.Name != "opportunities").SelectMany(m => m.Columns.Keys).Concat(Stay.Keys);
        Assert.Equal(["opportunities.opportunity.contact_id"], Referring(model).Except(fewer, StringComparer.Ordinal));
    });

    /// <summary>By its name, or by a key to a contact or to an address of one. Imports' first and last id are no contacts' alone.</summary>
    private static IEnumerable<string> Referring(IModel model) => model.GetEntityTypes().Where(e => e.ClrType != typeof(Import) && e.GetTableName() is not null)
        .SelectMany(e => e.GetProperties().Where(p => Names.Contains(p.Name, StringComparer.Ordinal) || p.GetContainingForeignKeys().Any(k => k.PrincipalEntityType.ClrType == typeof(Contact) && p.Name != "TenantId")).Select(p => Column(e, p)));

    private static IEnumerable<string> Every(IModel model) => model.GetEntityTypes().Where(e => e.GetTableName() is not null).SelectMany(e => e.GetProperties().Select(p => Column(e, p)));

    private static string Column(IEntityType entity, IProperty property) => $"{entity.GetSchema()}.{entity.GetTableName()}.{property.GetColumnName()}";

    private Task With(Action<IModel, IReadOnlyList<IMergesContacts>> check) => app.In(tenant: null, services =>
    {
        check(services.GetRequiredService<PluraDb>().Model, [.. services.GetServices<IMergesContacts>()]);
        return Task.CompletedTask;
    });
}
