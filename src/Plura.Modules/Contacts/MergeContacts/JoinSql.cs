namespace Plura.Contacts;

/// <summary>What of this module comes along when two contacts become one, and back. <c>$1</c> is the account, <c>$2</c> the loser, <c>$3</c> the winner, <c>$4</c> what was kept.</summary>
internal static class JoinSql
{
    /// <summary>Tables whose rows simply change hands: they have an id, and the contact's.</summary>
    public static readonly IReadOnlyList<string> Rows = ["note", "note_version", "attachment", "task", "contact_change"];

    public static string Move(string table) => $"""
        with moved as (update contacts.{table} set contact_id = $3 where tenant_id = $1 and contact_id = $2 returning id)
        select coalesce(jsonb_agg(id order by id), '[]')::text from moved
        """;

    public static string MoveBack(string table) => $"""
        update contacts.{table} set contact_id = $2
        where tenant_id = $1 and contact_id = $3 and id in (select value::uuid from jsonb_array_elements_text($4))
        """;

    public const string Tags = """
        with own as (delete from contacts.contact_tag where tenant_id = $1 and contact_id = $2 returning tag_id),
        added as (insert into contacts.contact_tag (tenant_id, contact_id, tag_id) select $1, $3, tag_id from own on conflict do nothing returning tag_id)
        select jsonb_build_object('own', coalesce((select jsonb_agg(tag_id order by tag_id) from own), '[]'), 'added', coalesce((select jsonb_agg(tag_id order by tag_id) from added), '[]'))::text
        """;

    public const string TagsBack = """
        with gone as (delete from contacts.contact_tag where tenant_id = $1 and contact_id = $3 and tag_id in (select value::uuid from jsonb_array_elements_text($4 -> 'added')))
        insert into contacts.contact_tag (tenant_id, contact_id, tag_id)
        select $1, $2, g.id from contacts.tag g where g.tenant_id = $1 and g.id in (select value::uuid from jsonb_array_elements_text($4 -> 'own'))
        on conflict do nothing
        """;

    public const string Followers = """
        with own as (delete from contacts.contact_follower where tenant_id = $1 and contact_id = $2 returning user_id, since),
        added as (insert into contacts.contact_follower (tenant_id, contact_id, user_id, since) select $1, $3, user_id, since from own on conflict do nothing returning user_id)
        select jsonb_build_object('own', coalesce((select jsonb_agg(to_jsonb(own) order by user_id) from own), '[]'), 'added', coalesce((select jsonb_agg(user_id order by user_id) from added), '[]'))::text
        """;

    /// <summary>Those who still belong to the account, by <c>$5</c>.</summary>
    public const string FollowersBack = """
        with gone as (delete from contacts.contact_follower where tenant_id = $1 and contact_id = $3 and user_id in (select value::uuid from jsonb_array_elements_text($4 -> 'added')))
        insert into contacts.contact_follower (tenant_id, contact_id, user_id, since)
        select $1, $2, f.user_id, f.since from jsonb_to_recordset($4 -> 'own') as f(user_id uuid, since timestamptz) where f.user_id = any ($5)
        on conflict do nothing
        """;

    /// <summary>Pairs that the loser is one of are the winner's, but for the pair of these two.</summary>
    public const string Pairs = """
        with own as (delete from contacts.duplicate where tenant_id = $1 and (first_id = $2 or second_id = $2) returning *),
        added as (
            insert into contacts.duplicate (tenant_id, first_id, second_id, group_id, by_email, by_phone, by_name)
            select $1, least(o.other, $3), greatest(o.other, $3), o.group_id, o.by_email, o.by_phone, o.by_name
            from (select own.*, case when first_id = $2 then second_id else first_id end as other from own) o where o.other <> $3
            on conflict do nothing returning first_id, second_id)
        select jsonb_build_object('own', coalesce((select jsonb_agg(to_jsonb(own) order by first_id, second_id) from own), '[]'), 'added', coalesce((select jsonb_agg(to_jsonb(added) order by first_id, second_id) from added), '[]'))::text
        """;

    /// <summary>A search that ran since says what it found; of this only what it does not know comes back.</summary>
    public const string PairsBack = """
        with gone as (
            delete from contacts.duplicate d using jsonb_to_recordset($4 -> 'added') as a(first_id uuid, second_id uuid)
            where d.tenant_id = $1 and d.first_id = a.first_id and d.second_id = a.second_id)
        insert into contacts.duplicate (tenant_id, first_id, second_id, group_id, by_email, by_phone, by_name)
        select $1, o.first_id, o.second_id, o.group_id, o.by_email, o.by_phone, o.by_name
        from jsonb_to_recordset($4 -> 'own') as o(first_id uuid, second_id uuid, group_id uuid, by_email boolean, by_phone boolean, by_name boolean)
        join contacts.contact f on f.tenant_id = $1 and f.id = o.first_id
        join contacts.contact s on s.tenant_id = $1 and s.id = o.second_id
        on conflict do nothing
        """;

    /// <summary>Who is not the loser is not the winner either; <c>$4</c> is the merge, when <c>$5</c>.</summary>
    public const string NotSame = """
        with added as (
            insert into contacts.not_same (tenant_id, first_id, second_id, said_id, at, by, by_id)
            select $1, least(o.other, $3), greatest(o.other, $3), $4, o.at, o.by, o.by_id
            from (select n.*, case when first_id = $2 then second_id else first_id end as other from contacts.not_same n where tenant_id = $1 and (first_id = $2 or second_id = $2)) o
            where o.other <> $3
            on conflict do nothing returning 1)
        select count(*)::text from added
        """;

    public const string NotSameBack = "delete from contacts.not_same where tenant_id = $1 and said_id = $4";

    public const string Points = """
        select coalesce(jsonb_agg(to_jsonb(p) order by p.id), '[]')::text from contacts.contact_point p where p.tenant_id = $1 and p.contact_id = any (array[$2, $3])
        """;

    /// <summary>The loser's point → the winner's of the same address.</summary>
    public const string SamePoints = """
        select coalesce(jsonb_object_agg(l.id, w.id), '{}')::text
        from contacts.contact_point l join contacts.contact_point w on w.tenant_id = $1 and w.contact_id = $3 and w.kind = l.kind and w.normal = l.normal
        where l.tenant_id = $1 and l.contact_id = $2
        """;

    /// <summary>The winner's come first, in their order, except that of each kind the main one is that of the contact <c>$4</c> (e-mail) or <c>$5</c> (phone) names.</summary>
    public static readonly IReadOnlyList<string> MovePoints =
    [
        """
        update contacts.contact_point w set label = l.label
        from contacts.contact_point l
        where w.tenant_id = $1 and w.contact_id = $3 and w.label = '' and l.tenant_id = $1 and l.contact_id = $2 and l.kind = w.kind and l.normal = w.normal and l.label <> ''
        """,
        "delete from contacts.contact_point l where l.tenant_id = $1 and l.contact_id = $2 and exists (select from contacts.contact_point w where w.tenant_id = $1 and w.contact_id = $3 and w.kind = l.kind and w.normal = l.normal)",
        // Behind the winner's; first none of them is the main one, because the index that allows one looks at each row by itself.
        "update contacts.contact_point set contact_id = $3, is_primary = false, position = position + 1000 where tenant_id = $1 and contact_id = $2",
        "update contacts.contact_point set is_primary = false where tenant_id = $1 and contact_id = $3",
    ];

    /// <summary>Numbers the winner's addresses anew; of each kind the one in <c>$4</c> stands first.</summary>
    public const string RankPoints = """
        update contacts.contact_point p set is_primary = r.n = 1, position = r.n - 1
        from (select id, row_number() over (partition by kind order by (id = any ($4)) desc, position, id)::int as n
              from contacts.contact_point where tenant_id = $1 and contact_id = $3) r
        where p.tenant_id = $1 and p.id = r.id
        """;

    public const string AllPoints = "select coalesce(jsonb_agg(to_jsonb(p) order by p.id), '[]')::text from contacts.contact_point p where p.tenant_id = $1 and p.contact_id = $3";

    /// <summary>Nobody touched them since: all stand again as they stood.</summary>
    public static readonly IReadOnlyList<string> PointsBack =
    [
        "delete from contacts.contact_point where tenant_id = $1 and contact_id = $3",
        "insert into contacts.contact_point select (jsonb_populate_record(null::contacts.contact_point, value)).* from jsonb_array_elements($4 -> 'before')",
    ];

    /// <summary>Somebody changed them: the loser's stand as they stood, the winner keeps what it has now.</summary>
    public static readonly IReadOnlyList<string> LoserPointsBack =
    [
        "delete from contacts.contact_point where tenant_id = $1 and contact_id = $3 and id in (select (value ->> 'id')::uuid from jsonb_array_elements($4 -> 'before') where (value ->> 'contact_id')::uuid = $2)",
        "insert into contacts.contact_point select (jsonb_populate_record(null::contacts.contact_point, value)).* from jsonb_array_elements($4 -> 'before') where (value ->> 'contact_id')::uuid = $2",
        """
        update contacts.contact_point p set is_primary = true
        from (select distinct on (kind) id from contacts.contact_point q where tenant_id = $1 and contact_id = $3
              and not exists (select from contacts.contact_point m where m.tenant_id = $1 and m.contact_id = $3 and m.kind = q.kind and m.is_primary)
              order by kind, position, id) r
        where p.tenant_id = $1 and p.id = r.id
        """,
    ];

    /// <summary>The files in the loser's fields are the winner's, also the one that does not stand in a field of it now: it may come back.</summary>
    public const string Files = "update contacts.field_file set owner_id = $3 where tenant_id = $1 and owner_id = $2";

    /// <summary>Those that stand in the loser's fields (<c>$4</c>, its row) are the loser's again.</summary>
    public const string FilesBack = """
        update contacts.field_file f set owner_id = $2
        where f.tenant_id = $1 and f.owner_id = $3 and exists (select from jsonb_each_text($4 -> 'fields') v where starts_with(v.value, f.id::text || ' '))
        """;

    /// <summary>Lets go of the values that only one may have; whoever has them afterwards takes them.</summary>
    public const string FreeValues = "delete from contacts.unique_value where tenant_id = $1 and contact_id = any (array[$2, $3])";
}
