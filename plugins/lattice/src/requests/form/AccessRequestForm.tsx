import {
  Alert,
  Button,
  Checkbox,
  CheckboxGroup,
  Select,
  TextAreaField,
} from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { latticeApiRef } from '../../api';
import { errorMessage } from '../../components';
import { useLatticePaths } from '../../useLatticePaths';
import { CallerAndService } from './CallerAndService';
import { problemsOf, toNewRequest, type RequestForm } from './formState';
import styles from './NewAccessRequestPage.module.css';
import { PreviewSection } from './PreviewSection';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const ends = [
  { id: '7', label: 'for 7 days' },
  { id: '30', label: 'for 30 days' },
  { id: '90', label: 'for 90 days' },
  { id: '0', label: 'without end' },
];

/** The form, with what it would come to beside it. */
export function AccessRequestForm(props: { initial: RequestForm }) {
  const [form, setForm] = useState(props.initial);
  const change = (changes: Partial<RequestForm>) =>
    setForm(previous => ({ ...previous, ...changes }));
  const create = useCreateAccessRequest();
  const complete =
    Object.keys(problemsOf(form)).length === 0 && form.reason.trim() !== '';
  return (
    <div className={styles.page}>
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault();
          create.mutate(form);
        }}
      >
        <CallerAndService form={form} change={change} />
        <CheckboxGroup
          className={styles.methods}
          label="Methods"
          value={form.methods}
          onChange={value => change({ methods: value })}
          orientation="horizontal"
        >
          {methods.map(method => (
            <Checkbox key={method} value={method}>
              {method}
            </Checkbox>
          ))}
        </CheckboxGroup>
        <TextAreaField
          label="Paths"
          description="One a line; * stands for anything"
          rows={3}
          value={form.paths}
          onChange={paths => change({ paths })}
        />
        <TextAreaField
          label="Reason"
          description="What the approver has to know"
          rows={3}
          isRequired
          value={form.reason}
          onChange={reason => change({ reason })}
        />
        <Select
          label="How long"
          options={ends}
          value={String(form.days)}
          onChange={key => change({ days: Number(key) })}
        />
        {Boolean(create.error) && (
          <Alert
            status="danger"
            icon
            title="The request was not made"
            description={errorMessage(create.error)}
          />
        )}
        <div>
          <Button
            type="submit"
            variant="primary"
            isDisabled={!complete}
            isPending={create.isPending}
          >
            Ask for access
          </Button>
        </div>
      </form>
      <PreviewSection form={form} />
    </div>
  );
}

function useCreateAccessRequest() {
  const api = useApi(latticeApiRef);
  const client = useQueryClient();
  const navigate = useNavigate();
  const paths = useLatticePaths();
  return useMutation({
    mutationFn: (form: RequestForm) =>
      api.createAccessRequest(toNewRequest(form, Date.now())),
    onSuccess: async request => {
      await client.invalidateQueries({
        queryKey: ['lattice', 'access-requests'],
      });
      navigate(paths.request(request.id));
    },
  });
}
