using Npgsql;

namespace Plura.Tests.Contacts;

public sealed class ContactIsolationTests(PluraApp app)
{
    private static readonly string[] Tables = ["contact", "contact_point", "tag", "contact_tag", "contact_change", "bin", "smart_list", "custom_field", "settings"];

    [Fact]
    public async Task Raw_SQL_of_another_account_sees_and_changes_nothing()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var id = await other.Create("Ann", email: "ann@example.com", tags: "VIP");
        await using var open = await mine.Open();
        foreach (var table in Tables)
            Assert.Equal(0, await open.Ask<long>($"select count(*) from contacts.{table} where tenant_id = $1", other.Id));
        Assert.Equal(0, await open.Do("update contacts.contact set first_name = 'stolen' where id = $1", id));
        Assert.Equal(0, await open.Do("delete from contacts.contact_point"));
        Assert.Equal("Ann", (await other.Contact(id))!.FirstName);
    }

    [Fact]
    public async Task Raw_SQL_cannot_write_into_another_account()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var (me, them) = (await mine.Create("Me"), await other.Create("Them"));
        await using var open = await mine.Open();
        var stranger = Guid.CreateVersion7(app.Clock.GetUtcNow());
        await Assert.ThrowsAsync<PostgresException>(() => open.Do("insert into contacts.tag (tenant_id, id, name, normal) values ($1, $2, 'x', 'x')", other.Id, stranger));
        // The key leads with the account: a row of ours cannot point at a contact of theirs.
        await open.Do("insert into contacts.tag (tenant_id, id, name, normal) values ($1, $2, 'x', 'x')", mine.Id, stranger);
        await Assert.ThrowsAsync<PostgresException>(() => open.Do("insert into contacts.contact_tag (tenant_id, contact_id, tag_id) values ($1, $2, $3)", mine.Id, them, stranger));
        Assert.Equal(1, await open.Do("insert into contacts.contact_tag (tenant_id, contact_id, tag_id) values ($1, $2, $3)", mine.Id, me, stranger));
    }

    [Fact]
    public async Task Without_an_account_nothing_is_seen()
    {
        var other = await app.NewAccount();
        await other.Create("Ann");
        await using var open = await app.OpenApp();
        foreach (var table in Tables)
            Assert.Equal(0, await open.Ask<long>($"select count(*) from contacts.{table}"));
    }
}
