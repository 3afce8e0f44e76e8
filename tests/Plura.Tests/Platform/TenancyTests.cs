using Npgsql;

namespace Plura.Tests.Platform;

public sealed class TenancyTests(PluraApp app)
{
    [Fact]
    public async Task The_apps_role_owns_nothing_and_cannot_pass_row_security()
    {
        Assert.Equal(0, await app.Ask<long>("select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'plura_app'"));
        Assert.False(await app.Ask<bool>("select rolbypassrls or rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = 'plura_app'"));
    }

    [Fact]
    public async Task A_private_host_has_a_database_and_a_clock_of_its_own()
    {
        await using var another = await app.Another();
        another.Clock.Advance(TimeSpan.FromDays(30));
        Assert.True(another.Clock.GetUtcNow() > app.Clock.GetUtcNow().AddDays(29));
        Assert.NotEqual(await app.Ask<string>("select current_database()::text"), await another.Ask<string>("select current_database()::text"));
    }

    [Fact]
    public async Task The_apps_role_may_not_change_the_schema()
    {
        await using var open = await app.OpenApp();
        await Assert.ThrowsAsync<PostgresException>(() => open.Do("create table platform.mine (id int)"));
    }
}
